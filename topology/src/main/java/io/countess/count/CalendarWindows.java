package io.countess.count;

import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * Days, weeks from Monday, months, quarters and years of a local calendar. One begins with the
 * first instant of its first day, at midnight. Where the clock jumps over midnight, it begins with
 * the jump. Where midnight comes twice, it begins with the first. A day that a zone has left out is
 * no window.
 */
final class CalendarWindows implements Windows {
  private final WindowPeriod.Calendar unit;
  private final ZoneId zone;

  CalendarWindows(WindowPeriod.Calendar unit, ZoneId zone) {
    this.unit = unit;
    this.zone = zone;
  }

  @Override
  public WindowSpan holding(long millis) {
    LocalDate first = firstDay(LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone));
    long start = startMillis(first);
    // Where the clock was set back over midnight the old date is shown once more in the new window.
    LocalDate next = following(first);
    long end = startMillis(next);
    while (end <= millis) {
      start = end;
      next = following(next);
      end = startMillis(next);
    }
    return new WindowSpan(start, end);
  }

  private LocalDate firstDay(LocalDate date) {
    return switch (unit) {
      case DAY -> date;
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> LocalDate.of(date.getYear(), date.getMonth().firstMonthOfQuarter(), 1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  private LocalDate following(LocalDate first) {
    return switch (unit) {
      case DAY -> first.plusDays(1);
      case WEEK -> first.plusWeeks(1);
      case MONTH -> first.plusMonths(1);
      case QUARTER -> first.plusMonths(3);
      case YEAR -> first.plusYears(1);
    };
  }

  private long startMillis(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
