package io.countess.fold;

import io.countess.state.LogId;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.TimeSource;

/**
 * A partition that is folded without a service around it, as by a replay or a test. Whoever drives
 * it hands over the records of the log in order, from {@link #next} on, and flushes when it likes.
 */
public final class StandaloneFold {
  private final PartitionState state;
  private final PartitionReader reader;
  private final PartitionFold fold;

  private StandaloneFold(PartitionState state, PartitionReader reader, PartitionFold fold) {
    this.state = state;
    this.reader = reader;
    this.fold = fold;
  }

  /**
   * Opens a state that is not open yet, and goes on where it stops.
   *
   * @param time by which readers know the present; no decision depends on it
   * @throws IllegalStateException where rows are missing in the state, or it is of another log
   */
  public static StandaloneFold open(
      int partition, PartitionState state, TimeSource time, FoldedLog log, Effects effects) {
    PartitionReader reader = state.open(partition, log.partitions(), time);
    if (!state.isWhole() || !state.addsUp()) {
      throw new IllegalStateException(
          "the rows of partition %d are not all of one flush".formatted(partition));
    }
    LogId folded = state.checkpoint().log();
    if (!folded.equals(LogId.UNKNOWN) && !folded.equals(log.id())) {
      throw new IllegalStateException("partition %d is of another log".formatted(partition));
    }
    state.checkpoint().log(log.id());
    return new StandaloneFold(state, reader, new PartitionFold(partition, state, log, effects));
  }

  /** The way in for readers, good until the state is opened anew. */
  public PartitionReader reader() {
    return reader;
  }

  /** Where the log goes on. */
  public long next() {
    return state.checkpoint().next();
  }

  /** Folds a record, as {@link PartitionFold#fold} says. */
  public boolean fold(LogRecord record) {
    return fold.fold(record);
  }

  /** Does some of what has to be done beside the records, as {@link PartitionFold#work} says. */
  public boolean work() {
    return fold.work();
  }

  /** Writes everything that has changed into the rows. */
  public void flush() {
    state.flush();
  }
}
