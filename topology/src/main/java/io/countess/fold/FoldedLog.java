package io.countess.fold;

import io.countess.state.LogId;

/** What a fold asks about the log that it folds. */
public interface FoldedLog {
  /** Its id, or {@link LogId#UNKNOWN}. */
  LogId id();

  /** How many partitions it has. */
  int partitions();

  /** The offset after the last record of a partition, now. */
  long endOffset(int partition);
}
