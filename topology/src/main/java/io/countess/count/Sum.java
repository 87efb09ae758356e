package io.countess.count;

/**
 * A sum of 128 bits, as two's complement in two halves.
 *
 * @param low its lower half; the sum itself, where that has no more than 64 bits
 */
public record Sum(long high, long low) {
  /** Whether {@link #nearest} is the sum itself. */
  public boolean isExact() {
    return high == low >> 63;
  }

  /** The 64-bit number that is nearest. */
  public long nearest() {
    if (isExact()) {
      return low;
    }
    return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
