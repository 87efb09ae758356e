package io.countess.count;

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
   * @param amount what was poured in, in the same units
   */
  record Poured(long atMillis, long levelBefore, long amount, Drain drain) implements Added {}

  /** An amount in a gauge. */
  record Real(double n) implements Added {}

  /** What led from {@code before} to the state of {@code folded}; empty where nothing was added. */
  static Optional<Added> of(State before, Folded folded) {
    throw new UnsupportedOperationException();
  }
}
