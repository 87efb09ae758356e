package io.countess.topology;

import java.util.OptionalLong;

/** Where a thread of the fold reads the partitions of the log that it has open. */
public interface LogCursor {
  /** The offset up to which the group has committed a partition; empty where it has not. */
  OptionalLong committed(int partition);

  /** Has the partition read from {@code offset} on, whatever would have come next. */
  void moveTo(int partition, long offset);

  /**
   * The offset of the first record of a partition at {@code from} or after it, as far as it has
   * been read. That is {@code from} itself, unless it is known that no record stood there.
   * Transactions leave their markers in the log, and what they have aborted. Asked in the order of
   * offsets.
   */
  long afterGap(int partition, long from);

  /** Forgets a partition, which is not open any more. */
  void leave(int partition);

  /** Knows the threads of the fold. */
  interface Factory {
    /** The cursor of the thread that asks. */
    LogCursor ofThisThread();
  }
}
