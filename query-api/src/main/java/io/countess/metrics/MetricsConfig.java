package io.countess.metrics;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import java.util.Optional;

/**
 * Which namespaces have metrics of their own. What happens in the others is counted together.
 *
 * @param most how many, at most {@link #MAX}: the first that there is anything to tell of
 * @param patterns only namespaces that match one of these; empty for any
 */
public record MetricsConfig(int most, Optional<NamespacePatterns> patterns) {
  /** The most namespaces that can have metrics of their own: each has some time series. */
  public static final int MAX = 1000;

  /** The first hundred. */
  public static final MetricsConfig DEFAULT = new MetricsConfig(100, Optional.empty());

  private static final String FIELD = "metrics-namespaces";

  public MetricsConfig {
    if (most < 0 || most > MAX) {
      throw new InvalidInputException(
          FIELD,
          "is %d; it must be a number of namespaces from 0 to %d, or patterns of their names"
              .formatted(most, MAX));
    }
  }

  /**
   * Reads a number of namespaces, or patterns with commas between them.
   *
   * @throws InvalidInputException where it is neither
   */
  public static MetricsConfig parse(String text) {
    if (text.matches("-?[0-9]{1,9}")) {
      return new MetricsConfig(Integer.parseInt(text), Optional.empty());
    }
    try {
      return new MetricsConfig(MAX, Optional.of(NamespacePatterns.parse(text)));
    } catch (InvalidInputException noPattern) {
      throw new InvalidInputException(FIELD, "is '%s': %s".formatted(text, noPattern.getMessage()));
    }
  }

  /** Whether a namespace may have metrics of its own. */
  boolean covers(ByteString namespace) {
    return patterns.map(it -> it.cover(namespace)).orElse(true);
  }
}
