package io.countess.state;

import io.countess.event.codec.ClockStamp;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of a partition that is held here, going on from the time in its log (a hybrid logical
 * clock). It shows the wall clock's time. Where that is behind, it shows the latest time that the
 * log had or a record was stamped with, and the time passed since by a clock that nobody sets. For
 * any thread.
 *
 * <p>The fold says how far the log has come, and the clock goes on from there. Its time is no part
 * of the state. A record brings it into the log, and {@link PartitionTime} says how far it is
 * believed. Where it is not, this clock goes on from the time that was believed.
 */
public final class PartitionClock {
  private static final long NONE = Long.MIN_VALUE / 2;

  /** The two clocks of a machine need not begin a millisecond together. */
  private static final long FLUTTER_MILLIS = 2;

  private final TimeSource source;

  /** What the clock shows where the wall clock is behind, less the steady time. */
  private final AtomicLong clockOffset = new AtomicLong(NONE);

  /** The age, less the steady time: what others stamp has no part in it. */
  private final AtomicLong ageOffset = new AtomicLong(NONE);

  private volatile long ageFloorMillis;
  private volatile long foldedMillis;
  private volatile long newestMillis;

  PartitionClock(TimeSource source) {
    this.source = source;
  }

  /** The wall clock. */
  public long wallMillis() {
    return source.wall();
  }

  /** The present of the partition. */
  public long nowMillis() {
    return nowAt(source.wall());
  }

  /** The latest that is known to have been: by the present here, or what brokers have taken. */
  public long latestMillis() {
    return Math.max(nowMillis(), newestMillis);
  }

  /** The latest timestamp in the log; 0 before the first. */
  public long newestMillis() {
    return newestMillis;
  }

  /** Takes note that the wall clock was wrong: what was stamped by it stands in no log. */
  public void refused() {
    clockOffset.set(NONE);
  }

  /** By how much the wall clock is behind the present of the partition. */
  public long wallBehindMillis() {
    long wall = source.wall();
    return nowAt(wall) - wall;
  }

  /** What has passed for ids until now; meaningful only once something was folded. */
  public long ageMillis() {
    long now = nowMillis();
    return now - skipped(now);
  }

  /** What to write into a record that bears the present, and this timestamp. */
  public ClockStamp stamp(long wall) {
    long now = nowAt(wall);
    raised(clockOffset, now - source.steady());
    return new ClockStamp(now - wall, skipped(now));
  }

  /** The present of the partition, where the wall clock shows this. */
  public long nowAt(long wall) {
    long steady = source.steady();
    long folded = foldedMillis;
    long offset = folded == 0 ? NONE : raised(clockOffset, folded - steady);
    return Math.max(wall, steady + offset);
  }

  private long skipped(long now) {
    if (ageOffset.get() == NONE) {
      return 0;
    }
    long steady = source.steady();
    long skipped = now - steady - raised(ageOffset, ageFloorMillis - steady);
    if (skipped < 0) {
      // The log has believed less than what has passed: ids are remembered for longer.
      ageOffset.addAndGet(skipped);
    }
    return Math.max(0, skipped);
  }

  private static long raised(AtomicLong highest, long value) {
    long now = highest.get();
    return now >= value ? now : highest.accumulateAndGet(value, Math::max);
  }

  /** Takes note of the time in the log; for the fold's thread. */
  void folded(PartitionTime time) {
    if (ageFloorMillis != time.ageFloorMillis()) {
      ageFloorMillis = time.ageFloorMillis();
    }
    if (foldedMillis != time.clockMillis()) {
      foldedMillis = time.clockMillis();
    }
    if (newestMillis != time.highestMillis()) {
      newestMillis = time.highestMillis();
    }
    if (time.clockMillis() > 0 && ageOffset.get() == NONE) {
      goOnFrom(time);
    }
  }

  /** Takes note that a server stamped a record so; for the fold's thread. */
  void folded(PartitionTime time, ClockStamp stamp) {
    folded(time);
    if (stamp.aheadMillis() - time.leadMillis() > FLUTTER_MILLIS) {
      goOnFrom(time);
    }
  }

  private void goOnFrom(PartitionTime time) {
    long offset = time.clockMillis() - source.steady();
    clockOffset.set(offset);
    ageOffset.set(offset - time.skippedMillis());
  }
}
