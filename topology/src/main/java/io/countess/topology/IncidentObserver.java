package io.countess.topology;

import io.countess.fold.Skipped;

/** Is told where a fold does not just go on from record to record. */
public non-sealed interface IncidentObserver extends FoldObserver {
  /** A record was refused since its counter remembers as many ids as it can. */
  void overIds(int partition);

  /**
   * A record has become a dead letter.
   *
   * @param key its key, which may be null or name no counter; not to be changed
   */
  void deadLettered(int partition, byte[] key, String reason);

  /** A misplaced record, or a policy, went on to another partition. */
  void forwarded(int partition);

  void skipped(int partition, Skipped reason);

  /** A tick could not be appended; another one follows while it is needed. */
  void tickFailed(int partition);

  /**
   * The state of a partition that is opened is behind what was committed.
   *
   * @param offsets how many offsets of the log are folded again
   */
  void foldsAgain(int partition, long offsets);
}
