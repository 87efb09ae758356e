package io.countess.event;

import java.time.Instant;

/**
 * From when to when a window lasts.
 *
 * @param startMillis its first instant
 * @param endMillis the first instant that is not in it any more; later than the first
 */
public record WindowSpan(long startMillis, long endMillis) {
  /** Checks that it is not empty. */
  public WindowSpan {
    if (startMillis >= endMillis) {
      throw new InvalidInputException("window", "ends before it begins, or with its begin");
    }
  }

  /** Whether an instant is in it. */
  public boolean holds(long millis) {
    return startMillis <= millis && millis < endMillis;
  }

  /**
   * Both ends, as {@link WindowName} reads them: {@code 2026-10-01T00:00:00Z/2026-11-01T00:00:00Z}.
   */
  @Override
  public String toString() {
    return Instant.ofEpochMilli(startMillis) + "/" + Instant.ofEpochMilli(endMillis);
  }
}
