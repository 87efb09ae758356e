package io.countess.topology;

import org.apache.kafka.common.Uuid;

/**
 * The log that is folded, as the brokers have it now.
 *
 * <p>What is asked fails with an {@link IllegalStateException} where they don't answer in time.
 */
public interface SourceLog {
  /** The id of its topic: one that is created anew under the same name has another. */
  Uuid id();

  /** The offset after the last record of a partition. */
  long endOffset(int partition);

  /** The offset of the first record that a partition still holds, or its end. */
  long beginningOffset(int partition);

  /**
   * The offset at which the changelog of a partition begins: 0, unless a part of it was deleted.
   *
   * @param changelog the name of the topic
   */
  long beginningOfState(String changelog, int partition);
}
