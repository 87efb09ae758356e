package io.countess.topology;

import io.countess.background.WarningThrottle;
import io.countess.count.ZoneData;
import io.countess.event.LogFormat;
import io.countess.state.Checkpoint;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.store.Catalog;
import io.countess.store.HotStore;
import java.util.OptionalLong;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a partition, and has the log read from where its state stops.
 *
 * <p>Kafka Streams goes on where the group has committed, and takes it that state is as new. It may
 * be older. A changelog can lose its end with a broker's disk. A transaction in it can be aborted
 * though its offsets were committed. And local state can be taken for newer than it is. What lies
 * between would be passed over, in silence. So the state says where to go on, in the row that is
 * written with each flush. Records that the group has committed beyond that are folded again. That
 * gives the same counts, since the fold depends on the log only. It also gives the same forwarded
 * records, which are known by their marks as repeats.
 *
 * <p>Where the log no longer holds what is missing, nothing is counted: see {@link #refusal}.
 */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private static final WarningThrottle OTHER_ZONES = new WarningThrottle();

  private final FoldSpec spec;
  private final HotStore store;
  private final String group;
  private final int partition;

  Resumption(FoldSpec spec, ProcessorContext<?, ?> context, HotStore store) {
    this.spec = spec;
    this.store = store;
    this.group = context.applicationId();
    this.partition = context.taskId().partition();
  }

  /**
   * Opens it.
   *
   * @throws LogReplacedException where the log can't carry it on, saying what to do
   */
  PartitionReader open(LogCursor cursor) {
    PartitionState state = store.state();
    PartitionReader reader = state.open(partition, spec.partitions(), spec.time());
    long end = continuity().require(state.checkpoint());
    long beginning = spec.log().beginningOffset(partition);
    OptionalLong committed = cursor.committed(partition);
    boolean whole = isWhole(state);
    requireBestCopy(state.checkpoint(), whole, beginning, committed);
    if (!whole) {
      requireWholeLog(state.checkpoint(), beginning, committed);
      LOG.warn(
          "A part of the state of partition {} is missing in its changelog: it is given up, and the"
              + " log is folded again from its beginning. No count is lost.",
          partition);
      state.wipe();
      reader = state.open(partition, spec.partitions(), spec.time());
      continuity().require(state.checkpoint());
    }
    compareZones(state.checkpoint().zoneData());
    goOn(state.checkpoint(), beginning, committed, cursor);
    reader.progress().opened(end);
    return reader;
  }

  /** The partition goes on with other data, and so may others on other instances. */
  private void compareZones(String written) {
    if (!written.isEmpty() && !written.equals(ZoneData.EDITION)) {
      OTHER_ZONES.warn(
          LOG,
          "Partition {} was folded with time zone data {}, and goes on with {}: where both differ,"
              + " windows of the same namespace can end at different times. Give all instances the"
              + " same edition.",
          partition,
          written,
          ZoneData.EDITION);
    }
  }

  /** Where local state is not enough, the changelog may still have all of it. */
  private void requireBestCopy(
      Checkpoint checkpoint, boolean whole, long beginning, OptionalLong committed) {
    boolean lost = checkpoint.offset() < 0 && committed.isPresent();
    boolean enough = whole && !lost && checkpoint.next() >= beginning;
    if (!enough && !store.isFromChangelog()) {
      throw new LocalStateException(
          "the local state of partition %d is not what it says to be".formatted(partition));
    }
  }

  private Continuity continuity() {
    return new Continuity(spec.log(), group, partition);
  }

  /** A changelog is compacted, and never begins later than at first, unless a part was deleted. */
  private boolean isWhole(PartitionState state) {
    return state.isWhole()
        && (!store.isFromChangelog() || spec.log().beginningOfState(changelog(), partition) == 0)
        && (!store.isRestored() || state.addsUp());
  }

  private void goOn(
      Checkpoint checkpoint, long beginning, OptionalLong committed, LogCursor cursor) {
    long from = checkpoint.next();
    if (from < beginning) {
      requireNothingMissing(checkpoint, beginning, committed);
      from = beginning;
      checkpoint.passedOver(from);
    }
    cursor.moveTo(partition, from);
    long again = committed.orElse(0) - from;
    if (again > 0) {
      LOG.warn(
          "The state of partition {} ends before offset {}, though {} was committed: its changelog"
              + " or its local state has lost its end. The {} offsets between are folded again from"
              + " the log. No count is lost.",
          partition,
          from,
          committed.orElse(0),
          again);
      spec.observers().tell(it -> it.foldsAgain(partition, again));
    }
  }

  private void requireNothingMissing(
      Checkpoint checkpoint, long beginning, OptionalLong committed) {
    boolean unseen = checkpoint.offset() < 0 && committed.isEmpty();
    boolean believed = !checkpoint.isExact() && committed.orElse(0) >= beginning;
    if (!unseen && !believed) {
      throw refusal(checkpoint, beginning, committed);
    }
  }

  private void requireWholeLog(Checkpoint checkpoint, long beginning, OptionalLong committed) {
    if (beginning > 0) {
      throw refusal(checkpoint, beginning, committed);
    }
  }

  private LogReplacedException refusal(
      Checkpoint checkpoint, long beginning, OptionalLong committed) {
    return new LogReplacedException(
        ("The counts of partition %d include the log only up to offset %d (%s), and the topic %s"
                + " there begins at offset %d: what is missing in the counts is not in the log any"
                + " more. Either bring the topic %s back as it was, or give the counts up and count"
                + " what the topic holds now: stop every instance, delete the topic %s and the"
                + " consumer group %s, and delete each instance's state directory (with the"
                + " embedded Kafka: start with another --data).")
            .formatted(
                partition,
                checkpoint.next() - 1,
                committed.isPresent()
                    ? "committed was up to " + (committed.getAsLong() - 1)
                    : "nothing is committed",
                LogFormat.EVENTS_TOPIC,
                beginning,
                changelog(),
                changelog(),
                group));
  }

  private String changelog() {
    return Catalog.changelog(group);
  }
}
