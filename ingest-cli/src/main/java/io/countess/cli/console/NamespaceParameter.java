package io.countess.cli.console;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import java.util.Base64;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The namespace of a command. */
public final class NamespaceParameter {
  @Parameters(index = "0", paramLabel = "NS", description = "The namespace.")
  private String namespace;

  @Option(names = "--base64", description = "Names are given in Base64, for any bytes.")
  private boolean base64;

  public ByteString name() {
    return bytes("namespace", namespace);
  }

  /** A counter of the namespace, which is not the namespace itself. */
  public CounterName counter(String key) {
    if (key.isEmpty()) {
      throw new InvalidInputException("key", "is empty; leave it out for the whole namespace");
    }
    return new CounterName(name(), bytes("key", key));
  }

  ByteString bytes(String field, String given) {
    if (!base64) {
      return ByteString.utf8(field, given);
    }
    try {
      return ByteString.of(Base64.getDecoder().decode(given));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInputException(field, "is '" + given + "', which is not Base64");
    }
  }
}
