package io.countess.answer;

/**
 * Totals over many counters at an instant.
 *
 * @param count the sum of their counts but those of leaky buckets and gauges, which add nothing to
 *     it; where that has more than 64 bits in a partition or in all of them, the 64-bit number that
 *     is nearest
 * @param keys how many of them are live
 * @param approximate whether {@code keys} is an upper bound, as it is for leaky buckets
 * @param saturated whether the sum in a partition, or in all of them, has more than 64 bits
 */
public record Totals(long count, long keys, boolean approximate, boolean saturated) {
  /** Of nothing. */
  public static final Totals ZERO = new Totals(0, 0, false);

  /** Totals of a sum that 64 bits hold. */
  public Totals(long count, long keys, boolean approximate) {
    this(count, keys, approximate, false);
  }

  /** The totals of both together. */
  public Totals and(Totals other) {
    long sum = count + other.count;
    boolean overflow = ((count ^ sum) & (other.count ^ sum)) < 0;
    long nearest = count < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    return new Totals(
        overflow ? nearest : sum,
        keys + other.keys,
        approximate || other.approximate,
        overflow || saturated || other.saturated);
  }
}
