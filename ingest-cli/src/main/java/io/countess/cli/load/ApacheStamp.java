package io.countess.cli.load;

import static io.countess.cli.load.ClockFields.number;

import java.text.ParsePosition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The common log format of Apache and nginx: {@code 09/Nov/2026:04:05:06 +0100}.
 *
 * @param zone of times without an offset
 */
record ApacheStamp(ZoneId zone) implements TimeFormat.Stamp {
  private static final Pattern STAMP =
      Pattern.compile(
          "(\\d\\d)/(\\p{Alpha}{3})/(\\d{4}):" + ClockFields.TIME + "(?: ([+-]\\d{4})(?!\\d))?");

  @Override
  public Optional<Instant> read(String text, ParsePosition at) {
    var found = STAMP.matcher(text).region(at.getIndex(), text.length());
    if (!found.lookingAt()) {
      return Optional.empty();
    }
    at.setIndex(found.end());
    var day = LocalDate.of(number(found, 3), ClockFields.month(found.group(2)), number(found, 1));
    ZoneId place = ClockFields.zone(found.group(8), zone);
    return Optional.of(day.atTime(ClockFields.time(found, 4)).atZone(place).toInstant());
  }
}
