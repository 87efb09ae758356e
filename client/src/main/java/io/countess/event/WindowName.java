package io.countess.event;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names a window. People write its local start: {@code 2026}, {@code 2026-Q4}, {@code
 * 2026-10}, {@code 2026-W41}, {@code 2026-10-05}, {@code 2026-10-05T14} or {@code
 * 2026-10-05T14:30}. An instant with an offset, as {@code 2026-10-05T14:30:00Z}, names the window
 * that holds it. Two instants with a slash between them are the window that begins with the first
 * and ends with the second.
 */
public sealed interface WindowName {
  /** The text that names it. */
  String text();

  /** How long a window is, as its name tells. */
  enum Unit {
    YEAR("a year", "2026"),
    QUARTER("a quarter", "2026-Q4"),
    MONTH("a month", "2026-10"),
    WEEK("a week", "2026-W41"),
    DAY("a day", "2026-10-05"),
    PART_OF_DAY("a part of a day", "2026-10-05T14");

    private final String shown;
    private final String example;

    Unit(String shown, String example) {
      this.shown = shown;
      this.example = example;
    }

    /** With its article, as {@code a month}. */
    public String shown() {
      return shown;
    }

    /** A name of such a window. */
    public String example() {
      return example;
    }

    /** The unit of a period. */
    public static Unit of(WindowPeriod period) {
      return period instanceof WindowPeriod.Calendar calendar
          ? valueOf(calendar.name())
          : PART_OF_DAY;
    }
  }

  /**
   * A window by its start on the local clock.
   *
   * @param start when it begins; for all units but the last, the midnight before its first day
   */
  record Local(Unit unit, LocalDateTime start, String text) implements WindowName {}

  /** The window that holds an instant. */
  record Holding(long millis, String text) implements WindowName {}

  /** The window from one instant to another one. */
  record Exactly(WindowSpan span) implements WindowName {
    @Override
    public String text() {
      return span.toString();
    }
  }

  /**
   * Reads a name.
   *
   * @throws InvalidInputException where {@code text} is none
   */
  static WindowName parse(String text) {
    try {
      WindowName local = Texts.local(text);
      if (local != null) {
        return local;
      }
      int slash = text.indexOf('/');
      if (slash < 0) {
        return new Holding(Texts.millis(text), text);
      }
      long start = Texts.millis(text.substring(0, slash));
      return new Exactly(new WindowSpan(start, Texts.millis(text.substring(slash + 1))));
    } catch (DateTimeException malformed) {
      throw new InvalidInputException(
          "window",
          "is '"
              + text
              + "'; it must be the start of a window as 2026, 2026-Q4, 2026-10, 2026-W41,"
              + " 2026-10-05 or 2026-10-05T14, an instant in it as 2026-10-05T14:30:00Z, or both"
              + " its ends with a slash between them");
    }
  }

  /** How names are read. */
  final class Texts {
    private static final Pattern YEAR = Pattern.compile("(\\d{4})");
    private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");
    private static final Pattern MONTH = Pattern.compile("(\\d{4})-(\\d{2})");
    private static final Pattern WEEK = Pattern.compile("(\\d{4})-W(\\d{2})");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern HOUR = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T(\\d{2})");
    private static final Pattern CLOCK =
        Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?");

    private Texts() {}

    private static WindowName local(String text) {
      Matcher at = QUARTER.matcher(text);
      if (at.matches()) {
        return of(Unit.QUARTER, LocalDate.of(number(at, 1), 3 * number(at, 2) - 2, 1), text);
      }
      at = WEEK.matcher(text);
      if (at.matches()) {
        return of(Unit.WEEK, monday(number(at, 1), number(at, 2)), text);
      }
      at = MONTH.matcher(text);
      if (at.matches()) {
        return of(Unit.MONTH, LocalDate.of(number(at, 1), number(at, 2), 1), text);
      }
      at = YEAR.matcher(text);
      if (at.matches()) {
        return of(Unit.YEAR, LocalDate.of(number(at, 1), 1, 1), text);
      }
      if (DAY.matcher(text).matches()) {
        return of(Unit.DAY, LocalDate.parse(text), text);
      }
      return clock(text);
    }

    private static WindowName clock(String text) {
      Matcher hour = HOUR.matcher(text);
      if (hour.matches()) {
        var time = LocalTime.of(number(hour, 2), 0);
        return new Local(Unit.PART_OF_DAY, LocalDate.parse(hour.group(1)).atTime(time), text);
      }
      return CLOCK.matcher(text).matches()
          ? new Local(Unit.PART_OF_DAY, LocalDateTime.parse(text), text)
          : null;
    }

    private static WindowName of(Unit unit, LocalDate first, String text) {
      return new Local(unit, first.atStartOfDay(), text);
    }

    /** Week 1 is the one with the first Thursday of a year. */
    private static LocalDate monday(int year, int week) {
      LocalDate first =
          LocalDate.of(year, 1, 4).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      LocalDate monday = first.plusWeeks(week - 1L);
      if (week < 1 || monday.get(IsoFields.WEEK_BASED_YEAR) != year) {
        throw new DateTimeException("no such week");
      }
      return monday;
    }

    private static long millis(String text) {
      return Instants.requireMillis(
          "window", OffsetDateTime.parse(text).toInstant().toEpochMilli());
    }

    private static int number(Matcher at, int group) {
      return Integer.parseInt(at.group(group));
    }
  }
}
