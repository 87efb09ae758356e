package io.countess.count;

import io.countess.event.Policy;
import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;

/**
 * Cuts time into windows, one after the other without a gap, each with at least one millisecond.
 */
interface Windows {
  /** The window that holds an instant. */
  WindowSpan holding(long millis);

  static Windows of(Policy.Window policy) {
    if (policy.period() instanceof WindowPeriod.Clock clock) {
      return new ClockWindows(clock.length(), policy.zone());
    }
    return new CalendarWindows((WindowPeriod.Calendar) policy.period(), policy.zone());
  }
}
