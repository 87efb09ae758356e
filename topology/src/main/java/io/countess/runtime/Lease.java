package io.countess.runtime;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether a member of the group may still take itself for the holder of its partitions.
 *
 * <p>A member from which the group has not heard for a session loses its partitions to others, and
 * learns of that only when it can speak to Kafka again: one that was cut off, or stopped and goes
 * on, would tell counts meanwhile that are no longer true. So it holds its partitions for a little
 * less than a session from its last heartbeat; and after a lapse only when heartbeats have gone
 * well for so long that it must have learnt what has become of its partitions.
 */
final class Lease {
  static final long NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private volatile long contactNanos;
  private volatile long lapsedNanos;

  Lease(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    contactNanos = nanoTime.getAsLong();
    lapsedNanos = contactNanos - CALM_NANOS;
  }

  /**
   * Takes note of when the last heartbeat was; wants to be called a few times a second.
   *
   * @param heartbeatAgeSeconds how long ago it was sent, in whole seconds; empty where the member
   *     has sent none yet
   */
  void renew(OptionalLong heartbeatAgeSeconds) {
    long now = nanoTime.getAsLong();
    contactNanos =
        heartbeatAgeSeconds.isPresent()
            ? now - TimeUnit.SECONDS.toNanos(heartbeatAgeSeconds.getAsLong())
            : now;
    isHeld();
  }

  /** Whether it is held at this moment. */
  boolean isHeld() {
    long now = nanoTime.getAsLong();
    if (now - contactNanos > NANOS) {
      lapsedNanos = now;
      return false;
    }
    return now - lapsedNanos >= CALM_NANOS;
  }
}
