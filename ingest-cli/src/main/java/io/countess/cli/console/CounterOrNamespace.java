package io.countess.cli.console;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A namespace, or one counter of it. */
public final class CounterOrNamespace {
  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      description = "A counter's key, where it is about that one only.")
  private String key;

  /** The namespace. */
  public ByteString namespace() {
    return namespace.name();
  }

  /** The counter, if one is named. */
  public Optional<CounterName> counter() {
    return Optional.ofNullable(key).map(text -> namespace.counter(text));
  }
}
