package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import java.util.Optional;

/** What an accepted put added to its counter: enough to take back later what is left of it. */
public sealed interface Added {
  /** An amount that ends, in an expiring counter or a window. */
  record Ending(long endMillis, long n) implements Added {}

  /** An amount in a total. */
  record Summed(long n) implements Added {}

  /**
   * An amount in a leaky bucket, on top of what was in it.
   *
   * @param atMillis when it was poured in
   * @param levelBefore what has to drain before it does, in the units of {@code drain}
   * @param amount what was poured in, in the same units; above 0
   */
  record Poured(long atMillis, long levelBefore, long amount, Drain drain) implements Added {}

  /** An amount in a gauge. */
  record Real(double n) implements Added {}

  /** What an event added that led to {@code folded}; empty where that was nothing. */
  static Optional<Added> of(Event event, Folded folded) {
    if (folded.decision().outcome() != Outcome.ACCEPTED) {
      return Optional.empty();
    }
    if (event instanceof Event.PutReal put && put.n() != 0) {
      return Optional.of(new Real(put.n()));
    }
    if (event instanceof Event.Put put && put.n() != 0) {
      return Optional.of(of(put.n(), folded));
    }
    return Optional.empty();
  }

  private static Added of(long n, Folded folded) {
    if (folded.after() instanceof LeakyState bucket) {
      return bucket.poured(n);
    }
    if (folded.after() instanceof TotalState) {
      return new Summed(n);
    }
    return folded.after() instanceof GaugeState
        ? new Real(n)
        : new Ending(folded.addedEndMillis(), n);
  }
}
