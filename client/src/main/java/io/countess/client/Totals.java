package io.countess.client;

/**
 * Totals over many counters at an instant.
 *
 * @param count the sum of their counts but those of leaky buckets and gauges, which add nothing to
 *     it; where that has more than 64 bits, the 64-bit number that is nearest
 * @param keys how many of them are live
 * @param approximate whether {@code keys} is an upper bound, as it is for leaky buckets
 * @param saturated whether {@code count} is not the sum itself, since the sum in a partition, or in
 *     all of them, has more than 64 bits
 */
public record Totals(long count, long keys, boolean approximate, boolean saturated) {
  /** Totals of a sum that 64 bits hold. */
  public Totals(long count, long keys, boolean approximate) {
    this(count, keys, approximate, false);
  }

  static Totals read(byte[] body) {
    return AnswerJson.read(body, NamespaceJson::readTotals);
  }
}
