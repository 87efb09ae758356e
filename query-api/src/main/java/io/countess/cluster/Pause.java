package io.countess.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before looking again where a partition is: a little at first, for one that has
 * just moved, and longer each time.
 */
record Pause(long millis) {
  private static final long MAX_MILLIS = 250;

  /** By then about a third of a second has passed. */
  private static final long LONG_MILLIS = 160;

  static final Pause FIRST = new Pause(20);

  Pause next() {
    return new Pause(Math.min(MAX_MILLIS, 2 * millis));
  }

  /** Whether there have been some pauses already. */
  boolean isLong() {
    return millis >= LONG_MILLIS;
  }

  /** Whether it ends before a deadline. */
  boolean fits(long deadlineNanos) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) - deadlineNanos < 0;
  }

  /** Does {@code then} when it is over. */
  void then(Runnable then) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(then);
  }

  /** What is left until a deadline: a millisecond at least. */
  static Duration left(long deadlineNanos) {
    return Duration.ofNanos(Math.max(1_000_000, deadlineNanos - System.nanoTime()));
  }
}
