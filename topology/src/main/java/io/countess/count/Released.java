package io.countess.count;

import io.countess.event.Decision;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a release led to.
 *
 * @param folded the state after it, and the decision, which says how much was taken back
 * @param left what could still be taken back by another release; all of it where this one was
 *     refused
 */
public record Released(Folded folded, Optional<Added> left) {
  /**
   * The same, with a decision that says when the whole limit is free again.
   *
   * @param fromMillis from when waits are counted, where the instant of decision is later
   */
  public Released freeing(Counting counting, long fromMillis) {
    return new Released(folded.freeing(counting).waitingFrom(fromMillis), left);
  }

  static Released all(Folded folded) {
    return new Released(folded, Optional.empty());
  }

  /** Nothing is left to take back, now or later. */
  static Released nothing(State before, Decision decision) {
    return all(Folded.unchanged(before, decision));
  }

  /** It was not accepted, so that another one may be. */
  static Released none(State before, Decision decision, Added added) {
    return new Released(Folded.unchanged(before, decision), Optional.of(added));
  }

  /** How much of {@code n} a release takes that may take {@code most}. */
  static long part(OptionalLong most, long n) {
    if (most.isEmpty()) {
      return n;
    }
    return n > 0 ? Math.min(n, most.getAsLong()) : Math.max(n, -most.getAsLong());
  }
}
