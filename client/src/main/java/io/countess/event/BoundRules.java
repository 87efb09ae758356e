package io.countess.event;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What bounds of policies have to be. */
final class BoundRules {
  private BoundRules() {}

  static void requireNotNegative(String field, OptionalLong value) {
    if (value.isPresent() && value.getAsLong() < 0) {
      throw new InvalidInputException(
          field, "is " + value.getAsLong() + "; it must not be negative");
    }
  }

  static void requireMaxDelta(OptionalLong maxDelta) {
    if (maxDelta.isPresent() && maxDelta.getAsLong() < 1) {
      throw new InvalidInputException(
          "maxDelta", "is " + maxDelta.getAsLong() + "; it must be at least 1");
    }
  }

  static void requireFinite(String field, OptionalDouble value) {
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new InvalidInputException(field, "must be a finite number");
    }
  }

  /** Says nothing of a bound that nobody set. */
  static String range(long lowest, long highest) {
    if (lowest == Long.MIN_VALUE) {
      return "at most " + highest;
    }
    return highest == Long.MAX_VALUE
        ? "at least " + lowest
        : "from %d to %d".formatted(lowest, highest);
  }
}
