package io.countess.store;

import io.countess.state.NewerStateException;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.StandbyView;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * The one place that knows how Kafka Streams can be made to keep rows decoded between commits.
 *
 * <p>{@code StreamTask.prepareCommit} calls {@link #flushCache} of every {@link CachedStateStore}
 * before it flushes the producer. So rows written to the change-logged store beneath then are in
 * the transaction that is committed next. That hook is not public API. The version of Kafka is
 * pinned, and a test fails loudly where an upgrade no longer calls it. {@code
 * StateStore.commit(Map)} is no substitute: for a running task it is not called at every commit
 * under exactly-once.
 *
 * <p>Kafka Streams uses this object again after a dirty close, and flushes the caches even of a
 * task that it closes dirty. So {@link #init} and {@link #close} drop everything that is held in
 * memory. Nothing is written once the fold has failed half way through a record or a flush (see
 * {@link #failed}).
 */
public final class HotStore implements StateStore, CachedStateStore<Bytes, byte[]> {
  private final KeyValueStore<Bytes, byte[]> beneath;

  /** The same where it is on disk, else null. */
  private final CheckedRocksDb disk;

  private final PartitionState state;
  private StoreWatch watch = StoreWatch.NOBODY;
  private int partition = -1;
  private boolean fromChangelog = true;

  HotStore(KeyValueStore<Bytes, byte[]> beneath, int hotRows) {
    this(beneath, new PartitionState(new StreamsRows(beneath), hotRows));
  }

  /** With so many places for namespaces. */
  HotStore(KeyValueStore<Bytes, byte[]> beneath, int hotRows, int places) {
    this(beneath, new PartitionState(new StreamsRows(beneath), hotRows, places));
  }

  private HotStore(KeyValueStore<Bytes, byte[]> beneath, PartitionState state) {
    this.beneath = beneath;
    this.disk =
        beneath instanceof WrappedStateStore<?, ?, ?> wrapper
            ? wrapper.findInner(CheckedRocksDb.class)
            : null;
    this.state = state;
  }

  /**
   * Says that the fold failed half way, so that its state must not be written any more.
   *
   * @return what to throw: the failure, but never one that Kafka Streams would take for its own.
   *     Else it would go on with this task without reading its state anew
   */
  public RuntimeException failed(RuntimeException failure) {
    state.poison();
    boolean notOurs =
        failure instanceof TimeoutException || failure instanceof TaskCorruptedException;
    return notOurs ? new IllegalStateException("the fold failed", failure) : failure;
  }

  /** The decoded state of the partition. */
  public PartitionState state() {
    return state;
  }

  /**
   * Tells the fold's thread whether a row could not be read, on whichever thread that was.
   *
   * @throws InvalidStateStoreException where that is so: the store has to go
   */
  public void requireSound() {
    if (disk != null) {
      disk.requireSound();
    }
  }

  /** The same store, of whose coming and going {@code newWatch} is told. */
  HotStore watchedBy(StoreWatch newWatch) {
    watch = newWatch;
    return this;
  }

  /**
   * A look at the rows beneath where they are only kept up to date, past everything that is decoded
   * here. Empty while the store is closed, and where a later version folds the partition elsewhere.
   */
  public Optional<PartitionReader> look(int ofPartition, int partitions) {
    if (!beneath.isOpen()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StandbyView.look(new StreamsRows(beneath), ofPartition, partitions));
    } catch (NewerStateException notForHere) {
      return Optional.empty();
    }
  }

  @Override
  public void flushCache() {
    try {
      state.flush();
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  @Override
  public void clearCache() {
    state.drop();
  }

  @Override
  public String name() {
    return beneath.name();
  }

  /**
   * Whether all of it comes from the changelog. Else it was here already, as new as some offset of
   * the changelog, and only later rows were restored.
   */
  public boolean isFromChangelog() {
    return fromChangelog;
  }

  /**
   * Whether rows may be here that a changelog gave, and not only what an earlier process left on
   * disk.
   */
  public boolean isRestored() {
    return disk == null || fromChangelog || disk.isWritten();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    state.drop();
    fromChangelog = true;
    beneath.init(context, root);
    partition = context.taskId().partition();
    watch.opened(partition, this);
  }

  @Override
  public void close() {
    watch.closed(partition, this);
    state.drop();
    beneath.close();
  }

  @Override
  public boolean isOpen() {
    return beneath.isOpen();
  }

  @Override
  public boolean persistent() {
    return beneath.persistent();
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    beneath.commit(changelogOffsets);
  }

  /** Asked for when this has been opened: what is restored begins there. */
  @Override
  public Long committedOffset(TopicPartition changelog) {
    Long offset = beneath.committedOffset(changelog);
    fromChangelog = offset == null || offset < 0;
    return offset;
  }

  @Override
  @SuppressWarnings("deprecation") // still asked for by Kafka Streams 4.3
  public boolean managesOffsets() {
    return beneath.managesOffsets();
  }

  @Override
  public Position getPosition() {
    return beneath.getPosition();
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
    return false;
  }
}
