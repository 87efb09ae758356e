package io.countess.runtime;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How far one partition has been read. The fold gets records only. Behind the last one that it was
 * given, the consumer may have read and passed over others: markers of transactions, and aborted
 * records. Where the fold has come to the last record, it has come as far as was read.
 */
final class Fetched {
  /** More are not told apart: the fold has been given so much at once. */
  private static final int MAX_BATCHES = 256;

  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private long lastRecord = -1;
  private long next = -1;

  private record Batch(long lastOffset, long firstMillis) {}

  /** These were read, and are given to the fold. */
  synchronized void took(List<? extends ConsumerRecord<?, ?>> records) {
    if (!records.isEmpty()) {
      lastRecord = records.get(records.size() - 1).offset();
      if (batches.size() < MAX_BATCHES) {
        batches.add(new Batch(lastRecord, records.get(0).timestamp()));
      }
    }
  }

  /** The reader goes on at this offset. */
  synchronized void goesOnAt(long offset) {
    next = offset;
  }

  /** How far a partition has come that can't be folded yet. */
  synchronized Reached unfolded() {
    return new Reached(Math.max(0, next), OptionalLong.empty());
  }

  /**
   * How far a partition has come.
   *
   * @param folded the offset of the last record folded, or -1
   */
  synchronized Reached folded(long folded) {
    while (!batches.isEmpty() && batches.peek().lastOffset <= folded) {
      batches.remove();
    }
    if (folded >= lastRecord) {
      return new Reached(Math.max(next, folded + 1), OptionalLong.empty());
    }
    OptionalLong oldest =
        batches.isEmpty() ? OptionalLong.empty() : OptionalLong.of(batches.peek().firstMillis);
    return new Reached(folded + 1, oldest);
  }
}
