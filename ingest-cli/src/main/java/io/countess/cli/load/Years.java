package io.countess.cli.load;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;

/**
 * Finds the year of times that don't say it: the latest one in which they are past. A day is
 * allowed for clocks and zones that differ.
 *
 * @param zone of times that say none
 */
record Years(ZoneId zone, Clock clock) {
  private static final Duration AHEAD = Duration.ofDays(1);

  /** Every leap day comes again after so many years, also around 2100. */
  private static final int LEAP_YEARS = 8;

  /**
   * The instant of a time without a year.
   *
   * @throws DateTimeException where there is no such day
   */
  Instant latest(MonthDay day, LocalTime time) {
    Instant until = clock.instant().plus(AHEAD);
    int last = until.atZone(zone).getYear() + 1;
    for (int year = last; year > last - 2 - LEAP_YEARS; year--) {
      if (day.isValidYear(year)) {
        Instant then = instant(day.atYear(year).atTime(time));
        if (!then.isAfter(until)) {
          return then;
        }
      }
    }
    throw new DateTimeException("no year has " + day);
  }

  /** The instant of a time without an offset: the first of two, and after a gap as if it ran on. */
  Instant instant(LocalDateTime local) {
    return local.atZone(zone).toInstant();
  }
}
