package io.countess.metrics;

import java.time.Duration;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What is measured of transactions that hold the fold up. */
public final class TransactionMetrics {
  private static final double MILLIS = 1000;

  private TransactionMetrics() {}

  /**
   * Registers them.
   *
   * @param heldUp for how long each partition of the log can't be read further
   * @param ended how many transactions hung and were ended
   */
  public static void register(
      Metrics metrics, Supplier<SortedMap<Integer, Duration>> heldUp, LongSupplier ended) {
    metrics.gaugePerPartition(
        "countess_partition_held_up_seconds",
        "How long the oldest open transaction has held up what comes after it",
        heldUp,
        since -> since.toMillis() / MILLIS);
    metrics.total(
        "countess.transactions.ended",
        "Transactions that hung and were ended, since Kafka had not written their markers",
        ended);
  }
}
