package io.countess.state;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The wall clock of this machine, until brokers refuse what bears its time. Then it goes on from
 * the latest time that they have taken, by a clock that nobody sets, until the wall clock is set.
 * For any thread.
 */
public final class MachineClock {
  /** What a clock may wander in the time between two looks without having been set. */
  private static final long WANDER_MILLIS = 1000;

  private final LongSupplier wallMillis;
  private final LongSupplier nanos;
  private volatile Corrected corrected;

  /** The clocks of the system. */
  public MachineClock() {
    this(System::currentTimeMillis, System::nanoTime);
  }

  MachineClock(LongSupplier wallMillis, LongSupplier nanos) {
    this.wallMillis = wallMillis;
    this.nanos = nanos;
  }

  /**
   * @param wall what the wall clock shows, less the steady time
   * @param right what is shown instead, less the steady time
   */
  private record Corrected(long wall, long right) {}

  /** What everything goes by that is to agree with this clock. */
  public TimeSource source() {
    return new TimeSource(this::millis, nanos);
  }

  /** The time since the epoch. */
  public long millis() {
    long wall = wallMillis.getAsLong();
    Corrected instead = corrected;
    if (instead == null) {
      return wall;
    }
    long steady = steady();
    if (Math.abs(wall - steady - instead.wall) > WANDER_MILLIS) {
      corrected = null;
      return wall;
    }
    return steady + instead.right;
  }

  /**
   * Takes note that brokers refused the time of this clock, and of the latest time that they have
   * taken. Their clocks show that time, or have passed it.
   *
   * @param takenMillis 0 where none is known
   * @return whether another attempt may succeed
   */
  public boolean refused(long takenMillis) {
    if (takenMillis <= 0) {
      return false;
    }
    long steady = steady();
    corrected = new Corrected(wallMillis.getAsLong() - steady, takenMillis - steady);
    return true;
  }

  private long steady() {
    return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
  }
}
