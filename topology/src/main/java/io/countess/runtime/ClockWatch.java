package io.countess.runtime;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where the wall clock of this machine is behind the time of partitions that are here. It says
 * so once when that begins, when it becomes more, and when it is over.
 */
final class ClockWatch {
  /** Less than that is what clocks of well-kept machines differ by. */
  static final long NOTABLE_MILLIS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  private final LongSupplier behindMillis;
  private long toldMillis;

  /**
   * @param behindMillis by how much the wall clock is behind that partition which is furthest ahead
   */
  ClockWatch(LongSupplier behindMillis) {
    this.behindMillis = behindMillis;
  }

  /** Looks; wants to be called every second or so. */
  void look() {
    long behind = behindMillis.getAsLong();
    if (behind < NOTABLE_MILLIS) {
      if (toldMillis > 0) {
        LOG.warn("The clock of this machine is no longer behind the log.");
      }
      toldMillis = 0;
    } else if (behind >= toldMillis + NOTABLE_MILLIS) {
      LOG.warn(
          "The clock of this machine is {} s behind what stands in the log: it was set back, or a"
              + " clock that wrote there was ahead. What is sent here without a time goes on from"
              + " the latest in the log; what other producers send may be late. Mend the clock.",
          behind / 1000);
      toldMillis = behind;
    }
  }
}
