package io.countess.query;

/**
 * Totals over many counters at an instant.
 *
 * @param count the sum of their counts
 * @param keys how many of them are live
 * @param approximate whether {@code keys} is an upper bound, as it is for leaky buckets
 */
public record Totals(long count, long keys, boolean approximate) {
  public static final Totals ZERO = new Totals(0, 0, false);

  /** The totals of both together. */
  public Totals and(Totals other) {
    return new Totals(count + other.count, keys + other.keys, approximate || other.approximate);
  }
}
