package io.countess.cli.console;

import io.countess.event.CounterName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The counter of a command. */
public final class CounterParameters {
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Parameters(index = "1", paramLabel = "KEY", description = "The counter's key.")
  private String key;

  public CounterName name() {
    return new CounterName(namespace.name(), namespace.bytes("key", key));
  }
}
