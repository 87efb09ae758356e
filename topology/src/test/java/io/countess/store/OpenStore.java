package io.countess.store;

import io.countess.count.Folded;
import io.countess.count.State;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.RecordKey;
import io.countess.state.Checkpoint;
import io.countess.state.Namespace;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.Row;
import io.countess.state.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/** A store as a task holds it, without the task: so that a test says when it is committed. */
final class OpenStore implements AutoCloseable {
  enum Kind {
    ROCKSDB,
    MEMORY;

    HotStoreBuilder builder(int hotRows) {
      return this == ROCKSDB ? HotStoreBuilder.rocksDb(hotRows) : HotStoreBuilder.inMemory(hotRows);
    }
  }

  final HotStore store;
  PartitionReader reader;
  private final PartitionState state;
  private long offset;

  private OpenStore(HotStore store) {
    this.store = store;
    this.state = store.state();
    reopen();
  }

  static OpenStore open(Kind kind, Path directory, int hotRows) {
    var context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
    var storeContext = (InternalProcessorContext<?, ?>) context.getStateStoreContext();
    var none = new ProcessorRecordContext(0, 0, 0, "countess.events", new RecordHeaders());
    storeContext.setRecordContext(none);
    HotStore store = kind.builder(hotRows).build();
    store.init(storeContext, store);
    return new OpenStore(store);
  }

  /** As after a task was suspended: what was not committed is gone, what was is read anew. */
  void reopen() {
    reader = state.open(0, 1, TimeSource.SYSTEM);
    offset = reader.progress().offset() + 1;
  }

  void put(String namespace, String key, long n, long atMillis) {
    apply(CounterName.of(namespace, key), Event.Put.of(n), atMillis);
  }

  /** Does what the fold does with a record. */
  void apply(CounterName counter, Event event, long atMillis) {
    byte[] recordKey = RecordKey.of(counter);
    state.checkpoint().passTo(atMillis);
    Namespace namespace = state.namespace(recordKey, RecordKey.separator(recordKey));
    Row row = state.row(recordKey);
    State before = row == null ? null : row.stateIn(namespace.policy().epoch());
    Folded folded =
        namespace
            .policy()
            .counting()
            .apply(before, event, atMillis, state.checkpoint().floorMillis());
    if (folded.after() != before) {
      state.apply(recordKey, row, namespace, before, folded);
    }
    state.folded(offset++);
  }

  /** Lets time pass, and removes all rows that are dead then. */
  void expireAt(long millis) {
    state.checkpoint().passTo(millis + Checkpoint.LATENESS_MILLIS);
    while (state.isExpiryDue()) {
      state.expire();
    }
  }

  void commit() {
    store.flushCache();
  }

  long count(String namespace, String key, long atMillis) {
    return count(CounterName.of(namespace, key), atMillis);
  }

  long count(CounterName counter, long atMillis) {
    State found = reader.counter(counter).state();
    return found == null ? 0 : found.countAt(atMillis);
  }

  List<String> scan(String namespace, String from, String prefix) {
    var keys = new ArrayList<String>();
    reader.scan(
        ByteString.utf8(namespace),
        ByteString.utf8(from),
        ByteString.utf8(prefix),
        (key, found) -> keys.add(key.toString()));
    return keys;
  }

  @Override
  public void close() {
    store.close();
  }
}
