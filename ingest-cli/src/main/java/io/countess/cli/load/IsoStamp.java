package io.countess.cli.load;

import static io.countess.cli.load.ClockFields.number;

import java.text.ParsePosition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * ISO 8601 and RFC 3339: {@code 2026-11-09T04:05:06.789+01:00}. A blank may stand for the T and
 * before the offset, a comma before the fraction.
 *
 * @param zone of times without an offset
 */
record IsoStamp(ZoneId zone) implements TimeFormat.Stamp {
  private static final Pattern STAMP =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ]"
              + ClockFields.TIME
              + "(?: ?([Zz]|[+-]\\d\\d(?::?\\d\\d)?)(?![\\d\\p{L}:]))?");

  @Override
  public Optional<Instant> read(String text, ParsePosition at) {
    var found = STAMP.matcher(text).region(at.getIndex(), text.length());
    if (!found.lookingAt()) {
      return Optional.empty();
    }
    at.setIndex(found.end());
    var day = LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
    ZoneId place = ClockFields.zone(found.group(8), zone);
    return Optional.of(day.atTime(ClockFields.time(found, 4)).atZone(place).toInstant());
  }
}
