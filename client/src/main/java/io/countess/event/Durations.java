package io.countess.event;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 7d},
 * or ISO-8601 such as {@code PT1M30S}. Whole milliseconds, longer than zero, that fit into 64 bits.
 */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where {@code text} is no duration, not longer than zero, or not a
   *     whole number of milliseconds
   */
  public static Duration parse(String field, String text) {
    Duration duration;
    try {
      var match = SHORT.matcher(text);
      duration =
          match.matches()
              ? Duration.ofMillis(
                  Math.multiplyExact(Long.parseLong(match.group(1)), millis(match.group(2))))
              : Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException malformed) {
      throw new InvalidInputException(
          field, "is '" + text + "'; it must be a duration such as 500ms, 60s, 5m, 1h, 7d or PT1M");
    }
    return requirePositiveMillis(field, duration, "'" + text + "'");
  }

  /** The shortest form that {@link #parse} reads back. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      if (millis % millis(unit) == 0) {
        return millis / millis(unit) + unit;
      }
    }
    return millis + "ms";
  }

  /** For messages: any duration, as {@link #format} writes it or in seconds with a fraction. */
  public static String show(Duration duration) {
    if (isPositiveMillis(duration) && duration.compareTo(LONGEST) <= 0) {
      return format(duration);
    }
    var seconds = BigDecimal.valueOf(duration.getSeconds());
    var fraction = BigDecimal.valueOf(duration.getNano(), 9);
    return seconds.add(fraction).stripTrailingZeros().toPlainString() + "s";
  }

  static Duration requirePositiveMillis(String field, Duration duration) {
    return requirePositiveMillis(field, duration, show(duration));
  }

  private static Duration requirePositiveMillis(String field, Duration duration, String shown) {
    if (!isPositiveMillis(duration)) {
      throw new InvalidInputException(
          field, "is " + shown + "; it must be longer than zero, in whole milliseconds");
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new InvalidInputException(field, "is " + shown + "; that is too long");
    }
    return duration;
  }

  private static boolean isPositiveMillis(Duration duration) {
    return !duration.isZero() && !duration.isNegative() && duration.toNanosPart() % 1_000_000 == 0;
  }

  /** The length of a unit: {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
  static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> throw new IllegalArgumentException(unit);
    };
  }
}
