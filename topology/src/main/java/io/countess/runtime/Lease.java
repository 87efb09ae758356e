package io.countess.runtime;

import io.countess.state.TimeSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Whether a member of the group may still take itself for the holder of its partitions.
 *
 * <p>A member from which the group has not heard for a session loses its partitions to others. It
 * learns of that only when it can speak to Kafka again. Meanwhile one that was cut off, or stopped
 * and goes on, would tell counts that are no longer true. So it holds its partitions for a little
 * less than a session from its last heartbeat. After a lapse it holds them only when heartbeats
 * have gone well for so long that it must know the fate of its partitions.
 *
 * <p>What passes is measured by a clock that nobody sets. It stands still in a machine that is
 * suspended, though, and then the wall clock is ahead all at once. So that is taken for a lapse.
 */
final class Lease {
  static final long NANOS = TimeUnit.SECONDS.toNanos(5);
  static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TimeSource time;
  private volatile long contactNanos;

  /** What the wall clock was ahead of the other one when somebody looked last. */
  private volatile long wallAheadNanos;

  private volatile long lapsedNanos;

  Lease(TimeSource time) {
    this.time = time;
    contactNanos = now();
    wallAheadNanos = wallAhead(contactNanos);
    lapsedNanos = contactNanos - CALM_NANOS;
  }

  /**
   * Takes note of when the last heartbeat was; wants to be called a few times a second.
   *
   * @param heartbeatAgeSeconds how long ago it was sent, in whole seconds; empty where the member
   *     has sent none yet
   */
  void renew(OptionalLong heartbeatAgeSeconds) {
    // A process that was stopped may send a heartbeat before it comes here: that must not cover the
    // lapse up, since only the answer to the heartbeat says what the member has lost.
    isHeld();
    long now = now();
    wallAheadNanos = wallAhead(now);
    contactNanos =
        heartbeatAgeSeconds.isPresent()
            ? now - TimeUnit.SECONDS.toNanos(heartbeatAgeSeconds.getAsLong())
            : now;
    isHeld();
  }

  /** Whether it is held at this moment. */
  boolean isHeld() {
    long now = now();
    if (now - contactNanos > NANOS || wasSuspended(now)) {
      lapsedNanos = now;
      return false;
    }
    return now - lapsedNanos >= CALM_NANOS;
  }

  private boolean wasSuspended(long now) {
    return wallAhead(now) - wallAheadNanos > NANOS;
  }

  private long wallAhead(long now) {
    return TimeUnit.MILLISECONDS.toNanos(time.wall()) - now;
  }

  private long now() {
    return time.nanos().getAsLong();
  }
}
