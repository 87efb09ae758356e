package io.countess.event;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How long the windows of a namespace are: a part of a day, or a unit of the calendar. Windows
 * begin where the local clock or calendar says. One of {@code 6h} begins at 0, 6, 12 and 18
 * o'clock, a week on Monday, a quarter with January, April, July and October.
 */
public sealed interface WindowPeriod {
  /** A unit of the calendar. */
  enum Calendar implements WindowPeriod {
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of a day.
   *
   * @param length whole seconds of which a day holds a whole number, shorter than a day
   */
  record Clock(Duration length) implements WindowPeriod {
    private static final long DAY_SECONDS = 86_400;
    private static final String UNFIT =
        "is %s; it must be day, week, month, quarter, year, or below a day whole seconds that divide"
            + " one, as 15m";

    public Clock {
      Durations.requirePositiveMillis("period", length);
      if (!dividesADay(length)) {
        throw new InvalidInputException("period", UNFIT.formatted(Durations.show(length)));
      }
    }

    private static boolean dividesADay(Duration length) {
      long seconds = length.toSeconds();
      return length.toNanosPart() == 0 && seconds < DAY_SECONDS && DAY_SECONDS % seconds == 0;
    }

    @Override
    public String toString() {
      return Durations.format(length);
    }
  }

  /**
   * Reads a period: {@code day} or {@code 1d}, {@code week} or {@code 7d}, {@code month}, {@code
   * quarter}, {@code year}, {@code hour}, {@code minute}, or a duration that divides a day.
   *
   * @throws InvalidInputException where {@code text} is no period
   */
  static WindowPeriod parse(String text) {
    Optional<WindowPeriod> named = named(text);
    if (named.isPresent()) {
      return named.get();
    }
    Duration length;
    try {
      length = Durations.parse("period", text);
    } catch (InvalidInputException malformed) {
      throw new InvalidInputException(
          "period",
          "is '%s'; it must be minute, hour, day, week, month, quarter, year or a duration as 15m"
              .formatted(text));
    }
    if (length.equals(Duration.ofDays(1))) {
      return Calendar.DAY;
    }
    if (length.equals(Duration.ofDays(7))) {
      return Calendar.WEEK;
    }
    if (!Clock.dividesADay(length)) {
      throw new InvalidInputException("period", Clock.UNFIT.formatted("'" + text + "'"));
    }
    return new Clock(length);
  }

  private static Optional<WindowPeriod> named(String text) {
    for (Calendar unit : Calendar.values()) {
      if (unit.toString().equals(text)) {
        return Optional.of(unit);
      }
    }
    return switch (text) {
      case "hour" -> Optional.of(new Clock(Duration.ofHours(1)));
      case "minute" -> Optional.of(new Clock(Duration.ofMinutes(1)));
      default -> Optional.empty();
    };
  }
}
