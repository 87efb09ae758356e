package io.countess.state;

import java.util.function.LongSupplier;

/**
 * The clocks of this machine.
 *
 * @param wallMillis since the epoch: may be set at any moment, in both directions
 * @param nanos since some moment: pass as time does, and mean nothing to another process
 */
public record TimeSource(LongSupplier wallMillis, LongSupplier nanos) {
  private static final long NANOS_IN_MILLI = 1_000_000;

  /** Those of the system. */
  public static final TimeSource SYSTEM =
      new TimeSource(System::currentTimeMillis, System::nanoTime);

  /** What the wall clock shows. */
  public long wall() {
    return wallMillis.getAsLong();
  }

  /** Milliseconds since some moment, which pass as time does. */
  long steady() {
    return Math.floorDiv(nanos.getAsLong(), NANOS_IN_MILLI);
  }
}
