package io.countess.fold;

import io.countess.background.WarningThrottle;
import io.countess.state.LogId;
import io.countess.state.PartitionState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which of the records that other partitions have forwarded here are folded: each exactly
 * once, in the order in which its partition forwarded them.
 *
 * <p>A mark names the offset of its record in the partition that forwarded it, and the offset of
 * the forerunner, the record that was forwarded before it. A record is a repeat if its offset, or a
 * later one of its partition, has been folded. It is next if its forerunner, or a record behind
 * that, has been folded: between the two its partition has forwarded nothing.
 *
 * <p>Where its forerunner has not been folded there is a gap, and the record is passed over. The
 * forerunner was lost on its way, so the sender will fail to commit, and send both again. A settled
 * mark is the exception: the forerunner stood in this log once and can never come again. That
 * happens after state was lost and the log is no longer whole. To wait for it would be to wait for
 * ever.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private static final WarningThrottle WARNINGS = new WarningThrottle();

  private final int partition;
  private final PartitionState state;
  private final FoldedLog log;
  private final Effects effects;

  /** Where the partitions of the log ended when that was last asked. */
  private final long[] ends;

  Inbox(int partition, PartitionState state, FoldedLog log, Effects effects) {
    this.partition = partition;
    this.state = state;
    this.log = log;
    this.effects = effects;
    this.ends = new long[log.partitions()];
  }

  /**
   * Whether a record was forwarded in another log, of which this one is a copy. What it was
   * forwarded from is in the copy too, and is forwarded from there.
   */
  boolean isForeign(LogRecord record) {
    Optional<LogId> origin = ForwardMark.logOf(record);
    boolean foreign = origin.isPresent() && isAnother(origin.get());
    if (foreign) {
      effects.skipped(Skipped.FOREIGN);
    }
    return foreign;
  }

  private boolean isAnother(LogId origin) {
    return !origin.equals(log.id()) && !log.id().equals(LogId.UNKNOWN);
  }

  /**
   * Whether the record that a mark names stands in the log. It did when a fold forwarded it; a mark
   * that somebody else wrote could hide all that is forwarded until the log has come there.
   */
  boolean isThere(ForwardMark mark) {
    int from = mark.partition();
    if (mark.offset() >= ends[from]) {
      ends[from] = log.endOffset(from);
    }
    boolean there = mark.offset() < ends[from];
    if (!there) {
      WARNINGS.warn(
          LOG,
          "a record in partition {} says that it was forwarded from {}@{}, where there is none: it"
              + " is not believed",
          partition,
          from,
          mark.offset());
    }
    return there;
  }

  /** Whether the record with this mark is the next one from where it comes. */
  boolean isNext(ForwardMark mark) {
    long folded = state.checkpoint().foldedFrom(mark.partition());
    if (mark.offset() <= folded) {
      effects.skipped(Skipped.REPEAT);
      return false;
    }
    if (mark.previous() <= folded) {
      return true;
    }
    warn(mark, folded);
    if (!mark.settled()) {
      effects.skipped(Skipped.GAP);
    }
    return mark.settled();
  }

  private void warn(ForwardMark mark, long folded) {
    WARNINGS.warn(
        LOG,
        "partition {} has folded what partition {} forwarded up to its offset {}, then comes {},"
            + " and {} is missing: {}",
        partition,
        mark.partition(),
        folded,
        mark.offset(),
        mark.previous(),
        mark.settled() ? "it can't come any more, so it goes on" : "it waits for a repeat");
  }
}
