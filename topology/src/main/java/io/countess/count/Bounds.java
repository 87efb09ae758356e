package io.countess.count;

import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * Between what a sum must stay. It may be outside after a policy change; then what leads back is
 * allowed, and what leads further away is not.
 *
 * @param isLimit whether the highest is a limit and not a max
 */
record Bounds(long lowest, long highest, boolean isLimit, OptionalLong maxDelta) {
  static Bounds of(Policy.Total policy) {
    long highest = policy.highest();
    boolean isLimit = policy.limit().isPresent() && policy.limit().getAsLong() == highest;
    return new Bounds(policy.lowest(), highest, isLimit, policy.maxDelta());
  }

  static Bounds of(Policy.Window policy) {
    return new Bounds(policy.lowest(), policy.highest(), true, policy.maxDelta());
  }

  /** Why {@code n} at once is too much, or null. */
  String tooMuch(long n) {
    if (maxDelta.isEmpty()) {
      return null;
    }
    long most = maxDelta.getAsLong();
    return n > most || n < -most ? "n is " + n + "; maxDelta is " + most : null;
  }

  /** Whether {@code n} would add to a sum where nothing can be added, as under a limit of 0. */
  boolean closedTo(long sum, long n) {
    boolean isClosed = highest == 0 && lowest == 0;
    // Above 0 already, the sum of the two may pass 64 bits; it is above 0 for all that.
    return isClosed && n > 0 && (sum > 0 || sum + n > 0);
  }

  /** Why nothing can be added where they are closed. */
  String closed() {
    return above(1);
  }

  /** Why a sum that {@code n} has led to is not allowed, or null. */
  String passed(long sum, long n) {
    return n > 0 ? above(sum) : below(sum);
  }

  /** Why a sum may not be set, or null. */
  String passed(long sum) {
    return sum > highest ? above(sum) : below(sum);
  }

  /** Whether no sum within the bounds has room for {@code n}, where they hold 0. */
  boolean neverFits(long n) {
    return n > 0 ? lowest + n > highest : highest + n < lowest;
  }

  /** Whether there is room for {@code n} when counting starts at 0. */
  boolean fitsFromZero(long n) {
    return n > 0 ? n <= highest : n >= lowest;
  }

  static boolean overflows(long count, long n) {
    long sum = count + n;
    return ((count ^ sum) & (n ^ sum)) < 0;
  }

  static boolean underflows(long count, long n) {
    long less = count - n;
    return ((count ^ n) & (count ^ less)) < 0;
  }

  /** Why {@code n} can't be taken from a sum, or null. */
  String whyNotLess(long count, long n) {
    if (underflows(count, n)) {
      return "the count would pass 64 bits";
    }
    return n > 0 ? below(count - n) : above(count - n);
  }

  private String above(long sum) {
    if (sum <= highest) {
      return null;
    }
    return "the " + (isLimit ? "limit" : "max") + " of " + highest + " would be passed";
  }

  private String below(long sum) {
    return sum >= lowest ? null : "the min of " + lowest + " would be passed";
  }
}
