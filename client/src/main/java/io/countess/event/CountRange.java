package io.countess.event;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Between which counts a listed key's count must lie, both ends included. Gauges are compared as
 * they are shown: a gauge of 0.1 is at most 0.1.
 *
 * @param min empty where any count is high enough
 * @param max empty where any count is low enough
 */
public record CountRange(Optional<BigDecimal> min, Optional<BigDecimal> max) {
  public CountRange {
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      throw new InvalidInputException(
          "min", "is " + min.get() + "; it may not be more than max, which is " + max.get());
    }
  }

  /** Counts of {@code min} and more. */
  public static CountRange atLeast(long min) {
    return new CountRange(Optional.of(BigDecimal.valueOf(min)), Optional.empty());
  }

  /** Counts of {@code max} and less. */
  public static CountRange atMost(long max) {
    return new CountRange(Optional.empty(), Optional.of(BigDecimal.valueOf(max)));
  }

  /** Counts from {@code min} to {@code max}. */
  public static CountRange between(long min, long max) {
    return new CountRange(
        Optional.of(BigDecimal.valueOf(min)), Optional.of(BigDecimal.valueOf(max)));
  }

  /**
   * Reads the ends that are given; empty where none is.
   *
   * @throws InvalidInputException where one is no number, or no count can lie between them
   */
  public static Optional<CountRange> parse(Optional<String> min, Optional<String> max) {
    return min.isEmpty() && max.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CountRange(
                min.map(text -> Numbers.parseExact("min", text)),
                max.map(text -> Numbers.parseExact("max", text))));
  }

  /** Whether a whole count lies between the ends. */
  public boolean contains(long count) {
    return contains(BigDecimal.valueOf(count));
  }

  /** Whether a gauge's value lies between the ends. */
  public boolean contains(double value) {
    return contains(BigDecimal.valueOf(value));
  }

  private boolean contains(BigDecimal count) {
    return min.map(it -> it.compareTo(count) <= 0).orElse(true)
        && max.map(it -> it.compareTo(count) >= 0).orElse(true);
  }
}
