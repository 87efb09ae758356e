package io.countess.cli.load;

import io.countess.event.InvalidInputException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/**
 * Times of a pattern of {@link DateTimeFormatter}, with English names. They may lack the year, the
 * offset and the zone.
 *
 * @param example a time as the pattern has it
 */
record PatternStamp(DateTimeFormatter formatter, Years years, String example)
    implements TimeFormat.Stamp {
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2026, 11, 9, 4, 5, 6, 0, ZoneOffset.UTC);

  /**
   * The times of a pattern.
   *
   * @throws InvalidInputException where it is none, or lacks a month, a day or a time of day
   */
  static PatternStamp of(String pattern, Years years) {
    try {
      var formatter =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT);
      var stamp = new PatternStamp(formatter, years, formatter.format(SAMPLE));
      if (stamp.read(stamp.example, new ParsePosition(0)).isEmpty()) {
        throw new DateTimeException("can't be read as it is written");
      }
      return stamp;
    } catch (IllegalArgumentException | DateTimeException wrong) {
      throw new InvalidInputException(
          "timeFormat",
          "is '%s'; it must be one of %s, or a pattern as 'yyyy-MM-dd HH:mm:ss' with day and time"
              .formatted(pattern, TimeFormat.NAMES));
    }
  }

  @Override
  public Optional<Instant> read(String text, ParsePosition at) {
    TemporalAccessor found;
    try {
      found = formatter.parse(text, at);
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
    return Optional.of(instant(found));
  }

  private Instant instant(TemporalAccessor found) {
    if (found.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(found);
    }
    var time = LocalTime.from(found);
    LocalDate day = found.query(TemporalQueries.localDate());
    ZoneId zone = found.query(TemporalQueries.zone());
    var own = zone == null ? years : new Years(zone, years.clock());
    return day == null ? own.latest(MonthDay.from(found), time) : own.instant(day.atTime(time));
  }
}
