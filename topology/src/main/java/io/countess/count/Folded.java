package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Decision;

/**
 * What an event led to.
 *
 * @param after the new state: the same object where nothing changed, null where the counter no
 *     longer exists
 * @param addedEndMillis when what a put added, or a release took away, ends, where that is all that
 *     changed; else 0
 * @param addedAmount how much that was
 * @param added what a put added, where the state does not tell; else null
 * @param kept the windows of the counter that have ended, where these have changed, else null
 */
public record Folded(
    State after,
    Decision decision,
    long addedEndMillis,
    long addedAmount,
    Added added,
    KeptWindows kept) {
  /** What the state tells all of, and what leaves windows that have ended as they are. */
  public Folded(State after, Decision decision, long addedEndMillis, long addedAmount) {
    this(after, decision, addedEndMillis, addedAmount, null, null);
  }

  static Folded unchanged(State state, Decision decision) {
    return new Folded(state, decision, 0, 0);
  }

  /** The same, with a decision that says when more may be added, and the whole limit is free. */
  public Folded freeing(Counting counting) {
    if (decision.limit().isEmpty() || decision.details().window().isPresent()) {
      return this; // what has ended gets no room by itself
    }
    return with(counting.freeing(after, decision));
  }

  /** The same, with waits from an earlier time than the instant of decision. */
  public Folded waitingFrom(long millis) {
    long ahead = decision.atMillis() - millis;
    return ahead <= 0 ? this : with(decision.waitingFrom(millis));
  }

  private Folded with(Decision other) {
    return new Folded(after, other, addedEndMillis, addedAmount, added, kept);
  }

  /** What a put of {@code n} added that led to this. */
  Added added(Amount n) {
    return added != null ? added : after.added(n, addedEndMillis);
  }

  /** The same, with other windows that have ended. */
  public Folded keeping(KeptWindows windows) {
    return new Folded(after, decision, addedEndMillis, addedAmount, added, windows);
  }

  /** Another state, whatever stood there before. */
  public static Folded replaced(State after, Decision decision) {
    return new Folded(after, decision, 0, 0);
  }
}
