package io.countess.client;

import io.countess.event.Decision;

/** A claim that was not granted, where work was to be done under it. */
public final class NotGrantedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Claimed claimed;

  NotGrantedException(Claimed claimed) {
    super(message(claimed.decision()));
    this.claimed = claimed;
  }

  private static String message(Decision decision) {
    String outcome = decision.outcome().wireName();
    return decision.reason().map(why -> outcome + ": " + why).orElse(outcome);
  }

  /** What became of it: with the reason, and how long to wait where waiting helps. */
  public Claimed claimed() {
    return claimed;
  }
}
