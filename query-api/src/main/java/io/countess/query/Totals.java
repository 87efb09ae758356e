package io.countess.query;

/**
 * Totals over many counters at an instant.
 *
 * @param count the sum of their counts; where that has more than 64 bits in a partition or in all
 *     of them, the 64-bit number that is nearest
 * @param keys how many of them are live
 * @param approximate whether {@code keys} is an upper bound, as it is for leaky buckets
 */
public record Totals(long count, long keys, boolean approximate) {
  public static final Totals ZERO = new Totals(0, 0, false);

  /** The totals of both together. */
  public Totals and(Totals other) {
    return new Totals(sum(count, other.count), keys + other.keys, approximate || other.approximate);
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    boolean overflow = ((a ^ sum) & (b ^ sum)) < 0;
    if (overflow) {
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }
}
