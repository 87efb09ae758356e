package io.countess.topology;

import io.countess.event.LogFormat;
import io.countess.state.Checkpoint;
import io.countess.state.LogId;
import io.countess.store.Catalog;
import org.apache.kafka.common.Uuid;

/**
 * Sees to it that a partition's state is folded on from the log that it was built from.
 *
 * <p>Records up to the offset in the state are passed over as counted. A topic that was deleted and
 * created anew, or has lost its end, would have its new records passed over there, silently. Where
 * the new one is shorter its end gives it away, where it is longer its id. (State of the first
 * version knows no id, and takes over the one that it finds.)
 */
record Continuity(SourceLog log, String applicationId, int partition) {
  /**
   * Compares, and takes note which log it is.
   *
   * @return the offset after the last record of the partition
   * @throws LogReplacedException where they don't fit, saying what to do
   */
  long require(Checkpoint checkpoint) {
    LogId id = BrokersLog.id(log);
    boolean known = !checkpoint.log().equals(LogId.UNKNOWN) && !id.equals(LogId.UNKNOWN);
    long end = log.endOffset(partition);
    if (checkpoint.offset() >= 0
        && (end <= checkpoint.offset() || known && !id.equals(checkpoint.log()))) {
      throw new LogReplacedException(refusal(checkpoint, id, end));
    }
    checkpoint.log(id);
    return end;
  }

  private String refusal(Checkpoint checkpoint, LogId id, long end) {
    return ("The counts of partition %d include the log up to offset %d, but the topic %s there"
            + " ends before offset %d (topic id %s, counted was %s): it was deleted and created"
            + " anew, or has lost records, and new ones would not be counted. "
            + LogReplacedException.WAY_OUT)
        .formatted(
            partition,
            checkpoint.offset(),
            LogFormat.EVENTS_TOPIC,
            end,
            uuid(id),
            shown(checkpoint.log()),
            Catalog.changelog(applicationId));
  }

  private static String shown(LogId id) {
    return id.equals(LogId.UNKNOWN) ? "one that is not known" : uuid(id).toString();
  }

  /** As Kafka's own tools show it. */
  private static Uuid uuid(LogId id) {
    return new Uuid(id.high(), id.low());
  }
}
