package io.countess.cli.load;

import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import java.text.ParsePosition;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * How a log writes times. None of this depends on the locale of the process.
 *
 * @param what the times are, for messages
 * @param isInBrackets whether a line has its time after its first bracket, rather than at its start
 */
record TimeFormat(Stamp stamp, String what, boolean isInBrackets) {
  /** The formats that have names; others are patterns. */
  static final String NAMES = "iso, syslog, apache, epoch, epoch-millis";

  private static final int MAX_SHOWN = 40;

  /** Reads a time. */
  interface Stamp {
    /**
     * Reads the time that stands at a position, and moves on to its end. Where none stands there,
     * the position stays.
     *
     * @throws DateTimeException where it is a day or a time of day that there is not
     */
    Optional<Instant> read(String text, ParsePosition at);
  }

  /**
   * A format by its name, or by a pattern of {@link java.time.format.DateTimeFormatter}.
   *
   * @param zone of times that say none
   * @param clock tells the year of times that say none
   * @throws InvalidInputException where it is neither
   */
  static TimeFormat of(String name, ZoneId zone, Clock clock) {
    var years = new Years(zone, clock);
    var iso = new IsoStamp(zone);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "iso" -> new TimeFormat(iso, "ISO 8601 as 2026-11-09T04:05:06+01:00", false);
      case "syslog" ->
          new TimeFormat(
              new SyslogStamp(years, iso),
              "syslog's, as 'Nov  9 04:05:06' or 2026-11-09T04:05:06Z",
              false);
      case "apache" ->
          new TimeFormat(new ApacheStamp(zone), "Apache's, as 09/Nov/2026:04:05:06 +0100", true);
      case "epoch" -> new TimeFormat(new EpochStamp(3), "seconds since 1970", false);
      case "epoch-millis" -> new TimeFormat(new EpochStamp(0), "milliseconds since 1970", false);
      default -> {
        var pattern = PatternStamp.of(name, years);
        yield new TimeFormat(pattern, "as " + pattern.example(), false);
      }
    };
  }

  /**
   * The time that {@code text} is, in milliseconds since the epoch.
   *
   * @throws InvalidInputException where it is none, or before 1970
   */
  long millis(String text) {
    String stripped = text.strip();
    try {
      var at = new ParsePosition(0);
      Instant read = stamp.read(stripped, at).orElseThrow(() -> wrong(text, ""));
      if (at.getIndex() < stripped.length()) {
        throw wrong(text, "");
      }
      return Instants.requireMillis("at", read.toEpochMilli());
    } catch (DateTimeException | ArithmeticException none) {
      throw wrong(text, ", a day and a time of day that there are");
    }
  }

  /** What stands where a line has its time: the time, or the beginning of what is there instead. */
  String startingIn(String line) {
    int start = isInBrackets ? line.indexOf('[') + 1 : 0;
    var at = new ParsePosition(start);
    try {
      stamp.read(line, at);
    } catch (DateTimeException wrongDay) {
      return shortened(line.substring(start));
    }
    int end = at.getIndex();
    boolean goesOn = end < line.length() && Character.isLetterOrDigit(line.charAt(end));
    return end == start || goesOn ? shortened(line.substring(start)) : line.substring(start, end);
  }

  private InvalidInputException wrong(String text, String rule) {
    return new InvalidInputException(
        "at", "is '" + shortened(text) + "'; it must be " + what + rule);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
