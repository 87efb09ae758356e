package io.countess.client;

import java.util.function.LongSupplier;

/**
 * Keeps callers from waiting for a server that does not answer: after some failures in a row it is
 * open, and lets through no more than one call in each pause. The first that succeeds closes it.
 */
final class Circuit {
  private final int mostFailures;
  private final long pauseNanos;
  private final LongSupplier nanos;
  private int failures;
  private long nextTrialNanos;

  /**
   * @param mostFailures how many in a row open it
   * @param nanos a clock that only goes forward
   */
  Circuit(int mostFailures, long pauseNanos, LongSupplier nanos) {
    this.mostFailures = mostFailures;
    this.pauseNanos = pauseNanos;
    this.nanos = nanos;
  }

  /** Whether a call may be made now. It has to say afterwards what became of it. */
  synchronized boolean admits() {
    if (!isOpen()) {
      return true;
    }
    long now = nanos.getAsLong();
    if (now - nextTrialNanos < 0) {
      return false;
    }
    nextTrialNanos = now + pauseNanos;
    return true;
  }

  synchronized boolean isOpen() {
    return failures >= mostFailures;
  }

  synchronized void succeeded() {
    failures = 0;
  }

  synchronized void failed() {
    failures = Math.min(mostFailures, failures + 1);
    if (isOpen()) {
      nextTrialNanos = nanos.getAsLong() + pauseNanos;
    }
  }
}
