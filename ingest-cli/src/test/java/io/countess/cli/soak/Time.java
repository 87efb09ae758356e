package io.countess.cli.soak;

import io.countess.cli.soak.Log.Entry;
import io.countess.event.codec.ClockStamp;
import java.time.Duration;

/** The clock of a partition, as LOG.md words it. */
final class Time {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long SIX_DAYS = Duration.ofDays(6).toMillis();

  private long clock;
  private long newest;
  private long lead;

  /** Takes a record that is folded; answers when it happens. */
  long pass(Entry entry) {
    if (!entry.isStamped()) {
      clock = Math.max(clock, entry.millis() - MINUTE);
      newest = Math.max(newest, entry.millis());
      return entry.millis();
    }
    return pass(entry.millis(), entry.stamp().get());
  }

  private long pass(long timestamp, ClockStamp stamp) {
    if (stamp.isKnown()) {
      long shown = 0;
      if (timestamp < clock) {
        long byClock = Math.min(clock - timestamp + MINUTE, SIX_DAYS);
        shown = Math.max(byClock, newest - timestamp);
      }
      lead = Math.min(stamp.aheadMillis(), Math.max(lead, shown));
      clock = Math.max(clock, timestamp + lead);
    }
    newest = Math.max(newest, timestamp);
    clock = Math.max(clock, timestamp);
    return clock;
  }
}
