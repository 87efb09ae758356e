package io.countess.count;

import io.countess.event.Policy;
import io.countess.event.WindowPeriod;

/**
 * Cuts time into windows, one after the other without a gap, each with at least one millisecond.
 */
interface Windows {
  /** From when to when a window lasts, the end not included. */
  record Span(long startMillis, long endMillis) {}

  Span holding(long millis);

  static Windows of(Policy.Window policy) {
    if (policy.period() instanceof WindowPeriod.Clock clock) {
      return new ClockWindows(clock.length(), policy.zone());
    }
    return new CalendarWindows((WindowPeriod.Calendar) policy.period(), policy.zone());
  }
}
