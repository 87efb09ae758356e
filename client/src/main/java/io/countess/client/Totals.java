package io.countess.client;

/**
 * Totals over many counters at an instant.
 *
 * @param count the sum of their counts
 * @param keys how many of them are live
 * @param approximate whether {@code keys} is an upper bound, as it is for leaky buckets
 */
public record Totals(long count, long keys, boolean approximate) {
  static Totals read(byte[] body) {
    return AnswerJson.read(body, NamespaceJson::readTotals);
  }
}
