package io.countess.cli.counters;

import io.countess.event.Instants;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** When something happened, and what is waited for. */
final class SendingOptions {
  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When it happened: ISO-8601 as 2026-01-31T12:00:00Z, or milliseconds.")
  private String at;

  @Option(
      names = "--ack",
      paramLabel = "applied|logged",
      defaultValue = "applied",
      description =
          "Wait until it has counted, or only until the log has it (default: ${DEFAULT-VALUE}).")
  private Ack ack;

  /** What is waited for. */
  enum Ack {
    APPLIED,
    LOGGED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** When it happened; empty for now. */
  Optional<Instant> at() {
    return Optional.ofNullable(at)
        .map(text -> Instant.ofEpochMilli(Instants.parseMillis("at", text)));
  }

  /** Whether to wait for the log only. */
  boolean isLogOnly() {
    return ack == Ack.LOGGED;
  }
}
