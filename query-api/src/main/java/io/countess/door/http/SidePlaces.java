package io.countess.door.http;

import io.countess.door.Admission;
import java.time.Duration;

/**
 * The places of requests at a {@link SideServer}: of those under way, and of answers that their
 * readers have not taken yet. A request gives its place back before its answer is written, so that
 * a caller who asks one thing at a time is never refused by its own last request.
 */
public final class SidePlaces {
  /** How many answers may be on their way to slow readers. */
  private static final int MOST_UNWRITTEN = 4096;

  /** As long as HTTP has; other instances can take over only after that. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  /** Readers who are slower don't keep the server from stopping. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(1);

  private final Admission underWay;
  private final Admission unwritten = new Admission(MOST_UNWRITTEN);

  /**
   * @param underWay bounds the requests that wait for their answers
   */
  public SidePlaces(Admission underWay) {
    this.underWay = underWay;
  }

  /** Whether one more may start; its answer is {@link #answered} and then {@link #written}. */
  public boolean enter() {
    if (!unwritten.enter()) {
      return false;
    } else if (!underWay.enter()) {
      unwritten.leave();
      return false;
    }
    return true;
  }

  /** Its answer is there. */
  public void answered() {
    underWay.leave();
  }

  /** Its reader has taken it, or is gone. */
  public void written() {
    unwritten.leave();
  }

  /** Whether the server is about to stop. */
  public boolean isClosed() {
    return underWay.isClosed();
  }

  /** Lets no more in, and waits until what is under way is answered and written, or time is up. */
  public void close() {
    try {
      underWay.close(DRAIN);
      unwritten.close(WRITTEN_WITHIN);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
