package io.countess.store;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatchInterface;

/**
 * Rows on disk, of which none is passed over in silence. A scan of RocksDB ends where it meets a
 * block that can't be read, as if there were no more rows. Only its status says why. Kafka Streams
 * does not ask for that, so the scans here are its own.
 *
 * <p>The first reader of such a block, on whatever thread, is told that the store can't be used.
 * From then on nothing is written to it either, and {@link #requireSound} tells the thread that has
 * it. So that thread ends, and the store goes with it.
 *
 * <p>The database itself is not public API: the version of Kafka is pinned, and no store opens
 * where an upgrade has no such field.
 */
final class CheckedRocksDb extends RocksDBStore {
  private static final String METRICS_SCOPE = "rocksdb";

  private final Set<Scan> scans = ConcurrentHashMap.newKeySet();
  private RocksDB database;

  /** Why this can't be used; null while it can. */
  private volatile RocksDBException damage;

  private volatile boolean written;

  CheckedRocksDb(String name) {
    super(name, METRICS_SCOPE);
  }

  /** Makes such stores, all with the same name. */
  record Supplier(String name) implements KeyValueBytesStoreSupplier {
    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return new CheckedRocksDb(name);
    }

    @Override
    public String metricsScope() {
      return METRICS_SCOPE;
    }
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    damage = null;
    written = false;
    super.init(stateStoreContext, root);
    try {
      Field field = RocksDBStore.class.getDeclaredField("db");
      field.setAccessible(true);
      database = (RocksDB) field.get(this);
    } catch (ReflectiveOperationException otherVersion) {
      throw new IllegalStateException("Kafka Streams is not the one that is known", otherVersion);
    }
  }

  @Override
  public synchronized void close() {
    scans.forEach(Scan::close);
    super.close();
  }

  /**
   * Tells whether something could not be read, on whichever thread that was.
   *
   * @throws InvalidStateStoreException where that is so
   */
  void requireSound() {
    if (damage != null) {
      throw unreadable();
    }
  }

  /** Whether rows were written since this was opened: restored ones, before any other. */
  boolean isWritten() {
    return written;
  }

  private InvalidStateStoreException unreadable() {
    return new InvalidStateStoreException("a block of the store can't be read", damage);
  }

  @Override
  public synchronized byte[] get(Bytes key) {
    try {
      return super.get(key);
    } catch (ProcessorStateException failure) {
      if (failure.getCause() instanceof RocksDBException unread) {
        damage = unread;
        throw unreadable();
      }
      throw failure;
    }
  }

  @Override
  public void write(WriteBatchInterface batch) throws RocksDBException {
    requireSound();
    written = true;
    super.write(batch);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    if (!isOpen()) {
      throw new InvalidStateStoreException("the store is closed");
    }
    var scan = new Scan(from, to);
    scans.add(scan);
    return scan;
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    throw new UnsupportedOperationException("rows are read forwards");
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseAll() {
    throw new UnsupportedOperationException("rows are read forwards");
  }

  /** Goes through the rows as they were when it began, both ends included. */
  private final class Scan implements KeyValueIterator<Bytes, byte[]> {
    private final RocksIterator rows = database.newIterator();
    private final byte[] to;
    private boolean closed;

    Scan(Bytes from, Bytes to) {
      this.to = to == null ? null : to.get();
      if (from == null) {
        rows.seekToFirst();
      } else {
        rows.seek(from.get());
      }
    }

    @Override
    public synchronized boolean hasNext() {
      if (closed) {
        throw new InvalidStateStoreException("the store is closed");
      }
      if (rows.isValid()) {
        return to == null || Arrays.compareUnsigned(rows.key(), to) <= 0;
      }
      try {
        rows.status();
        return false;
      } catch (RocksDBException unread) {
        damage = unread;
        throw unreadable();
      }
    }

    @Override
    public synchronized KeyValue<Bytes, byte[]> next() {
      var row = new KeyValue<>(peekNextKey(), rows.value());
      rows.next();
      return row;
    }

    @Override
    public synchronized Bytes peekNextKey() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return Bytes.wrap(rows.key());
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        rows.close();
        scans.remove(this);
      }
    }
  }
}
