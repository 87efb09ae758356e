package io.countess.topology;

import io.countess.event.Decision;
import io.countess.fold.Skipped;
import io.countess.state.PartitionReader;

/**
 * Is told what happens in the fold. The calls come from the threads that fold, and from that of a
 * producer, so they must be quick and must not throw.
 */
public interface FoldListener {
  /**
   * A record has been decided whose sender may wait in this process.
   *
   * @param caller what the sender put into the record's header
   */
  void decided(byte[] caller, Decision decision);

  /** A record has been folded, and this is what became of it. */
  void folded(int partition, Decision decision);

  /** A record was refused since its counter remembers as many ids as it can. */
  void overIds(int partition);

  void deadLettered(int partition, String reason);

  /** A misplaced record went on to another partition. */
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

  /** A partition can be read here from now on. */
  void opened(PartitionReader reader);

  /** A partition can't be read here any more. */
  void closed(PartitionReader reader);
}
