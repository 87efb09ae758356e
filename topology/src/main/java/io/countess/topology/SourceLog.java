package io.countess.topology;

import org.apache.kafka.common.Uuid;

/** The log that is folded, as the brokers have it now. */
public interface SourceLog {
  /** The id of its topic: one that is created anew under the same name has another. */
  Uuid id();

  /**
   * The offset after the last record of a partition.
   *
   * @throws IllegalStateException where the brokers don't answer in time
   */
  long endOffset(int partition);
}
