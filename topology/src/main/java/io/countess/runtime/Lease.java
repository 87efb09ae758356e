package io.countess.runtime;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether this instance may still take itself for the holder of its partitions.
 *
 * <p>A member from which the group has not heard for a session loses its partitions to others, and
 * learns of that only when it can speak to Kafka again: one that was cut off, or stopped and goes
 * on, would tell counts meanwhile that are no longer true. So it holds its partitions for a little
 * less than a session from its last heartbeat; and after a lapse only when heartbeats have gone
 * well for so long that its own threads must have learnt what has become of their partitions.
 */
final class Lease {
  static final long NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Supplier<OptionalLong> heartbeatAgeSeconds;
  private volatile long contactNanos;
  private volatile long lapsedNanos;

  /**
   * @param heartbeatAgeSeconds how long ago the last heartbeat of that member was sent which has
   *     sent none for longest, in whole seconds; empty where none has sent one yet
   */
  Lease(LongSupplier nanoTime, Supplier<OptionalLong> heartbeatAgeSeconds) {
    this.nanoTime = nanoTime;
    this.heartbeatAgeSeconds = heartbeatAgeSeconds;
    contactNanos = nanoTime.getAsLong();
    lapsedNanos = contactNanos - CALM_NANOS;
  }

  /** Looks when the last heartbeat was; wants to be called a few times a second. */
  void renew() {
    long now = nanoTime.getAsLong();
    OptionalLong age = heartbeatAgeSeconds.get();
    contactNanos = age.isPresent() ? now - TimeUnit.SECONDS.toNanos(age.getAsLong()) : now;
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
