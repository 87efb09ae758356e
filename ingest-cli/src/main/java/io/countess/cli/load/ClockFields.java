package io.countess.cli.load;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;

/** Parts of times as the patterns of the stamps find them. */
final class ClockFields {
  /** A time of day, with a fraction that may be left out. */
  static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9})\\d*)?";

  private static final int NANO_DIGITS = 9;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private ClockFields() {}

  /** The time of day in the groups from {@code first} on. A leap second is the one before it. */
  static LocalTime time(Matcher found, int first) {
    int second = number(found, first + 2);
    String fraction = found.group(first + 3);
    int nano =
        fraction == null
            ? 0
            : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    boolean isLeap = second == 60;
    return LocalTime.of(number(found, first), number(found, first + 1), isLeap ? 59 : second, nano);
  }

  /** The month that has this English abbreviation. */
  static Month month(String text) {
    int at = MONTHS.indexOf(text.toLowerCase(Locale.ROOT));
    if (at < 0 || at % 3 != 0) {
      throw new DateTimeException("no month is " + text);
    }
    return Month.of(at / 3 + 1);
  }

  /** The offset that is written, or {@code other} where none is. */
  static ZoneId zone(String offset, ZoneId other) {
    if (offset == null) {
      return other;
    }
    return offset.equalsIgnoreCase("z") ? ZoneOffset.UTC : ZoneOffset.of(offset);
  }

  static int number(Matcher found, int group) {
    return Integer.parseInt(found.group(group));
  }
}
