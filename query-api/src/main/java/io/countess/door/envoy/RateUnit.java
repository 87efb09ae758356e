package io.countess.door.envoy;

import io.countess.event.WindowPeriod;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit.Unit;
import io.envoyproxy.envoy.type.v3.RateLimitUnit;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The units of time by which requests are limited, by the calendar and the clock of UTC. */
enum RateUnit {
  SECOND("1s", Unit.SECOND),
  MINUTE("1m", Unit.MINUTE),
  HOUR("1h", Unit.HOUR),
  DAY("day", Unit.DAY),
  WEEK("week", Unit.WEEK),
  MONTH("month", Unit.MONTH),
  YEAR("year", Unit.YEAR);

  private static final long SECOND_MILLIS = 1000;

  private final WindowPeriod period;
  private final Unit told;

  RateUnit(String period, Unit told) {
    this.period = WindowPeriod.parse(period);
    this.told = told;
  }

  /** The one of this name, in letters of either case. */
  static Optional<RateUnit> named(String name) {
    return Arrays.stream(values()).filter(unit -> unit.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The one that a request names; none where it names one that nobody knows. */
  static Optional<RateUnit> of(RateLimitUnit asked) {
    return named(asked.name());
  }

  WindowPeriod period() {
    return period;
  }

  /** As answers tell it. */
  Unit told() {
    return told;
  }

  /** The word for it in keys. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many seconds are left of the one that holds an instant, rounded up. */
  long secondsLeft(long atMillis) {
    ZonedDateTime at = Instant.ofEpochMilli(atMillis).atZone(ZoneOffset.UTC);
    long millis = end(at).toInstant().toEpochMilli() - atMillis;
    return Math.floorDiv(millis + SECOND_MILLIS - 1, SECOND_MILLIS);
  }

  private ZonedDateTime end(ZonedDateTime at) {
    ZonedDateTime day = at.truncatedTo(ChronoUnit.DAYS);
    return switch (this) {
      case SECOND -> at.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      case HOUR -> at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      case DAY -> day.plusDays(1);
      case WEEK -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1).plusMonths(1);
      case YEAR -> day.withDayOfYear(1).plusYears(1);
    };
  }
}
