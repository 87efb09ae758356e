package io.countess.cli.load;

import static io.countess.cli.load.ClockFields.number;

import java.text.ParsePosition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What syslog daemons write: {@code Nov 9 04:05:06} of RFC 3164, its day with two digits or a
 * blank, with or without a year; or the time of RFC 5424. Both may stand behind a priority.
 */
record SyslogStamp(Years years, IsoStamp iso) implements TimeFormat.Stamp {
  private static final Pattern PRIORITY = Pattern.compile("<\\d{1,3}>(?:\\d{1,2} )?");
  private static final Pattern STAMP =
      Pattern.compile("(\\p{Alpha}{3}) {1,2}(\\d{1,2}) (?:(\\d{4}) )?" + ClockFields.TIME);

  @Override
  public Optional<Instant> read(String text, ParsePosition at) {
    var start = new ParsePosition(afterPriority(text, at.getIndex()));
    var found = STAMP.matcher(text).region(start.getIndex(), text.length());
    if (found.lookingAt()) {
      at.setIndex(found.end());
      return Optional.of(instant(found));
    }
    var read = iso.read(text, start);
    read.ifPresent(time -> at.setIndex(start.getIndex()));
    return read;
  }

  private static int afterPriority(String text, int from) {
    var priority = PRIORITY.matcher(text).region(from, text.length());
    return priority.lookingAt() ? priority.end() : from;
  }

  private Instant instant(Matcher found) {
    Month month = ClockFields.month(found.group(1));
    LocalTime time = ClockFields.time(found, 4);
    return found.group(3) == null
        ? years.latest(MonthDay.of(month, number(found, 2)), time)
        : years.instant(LocalDate.of(number(found, 3), month, number(found, 2)).atTime(time));
  }
}
