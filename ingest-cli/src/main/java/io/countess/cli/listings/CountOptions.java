package io.countess.cli.listings;

import io.countess.event.CountRange;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Between which counts keys are listed. */
final class CountOptions {
  @Option(
      names = "--min",
      paramLabel = "COUNT",
      description = "Only keys that count at least so much.")
  private String min;

  @Option(
      names = "--max",
      paramLabel = "COUNT",
      description = "Only keys that count at most so much.")
  private String max;

  /** The counts that are asked for; empty for any. */
  Optional<CountRange> range() {
    return CountRange.parse(Optional.ofNullable(min), Optional.ofNullable(max));
  }
}
