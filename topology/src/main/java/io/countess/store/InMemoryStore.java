package io.countess.store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Rows on the heap: a hash table for the values, and beside it the keys in order. Only new and
 * removed rows touch the keys. Unlike Kafka's own in-memory store it opens a scan by seeking,
 * without copying the range under a lock. Scans run beside writes and see some of them.
 *
 * <p>A row is in the table before its key is in the order, and leaves the table first. So a scan
 * that meets a key without a row passes over it. One thread writes.
 */
class InMemoryStore implements KeyValueStore<Bytes, byte[]> {
  private final String name;
  private final ConcurrentHashMap<Bytes, byte[]> rows = new ConcurrentHashMap<>();
  private final SortedKeys order = new SortedKeys(rows::containsKey);
  private volatile boolean open;

  InMemoryStore(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    open = true;
    context.register(root, (key, value) -> put(Bytes.wrap(key), value));
  }

  @Override
  public void close() {
    open = false;
    order.clear();
    rows.clear();
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public Position getPosition() {
    return Position.emptyPosition();
  }

  @Override
  public byte[] get(Bytes key) {
    return rows.get(key);
  }

  @Override
  public void put(Bytes key, byte[] value) {
    if (value == null) {
      delete(key);
    } else if (rows.put(key, value) == null) {
      order.add(key);
    }
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    byte[] before = rows.get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(Bytes key) {
    byte[] before = rows.remove(key);
    if (before != null) {
      order.removed();
    }
    return before;
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return new Rows(order.iterator(from, to));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return range(null, null);
  }

  @Override
  public long approximateNumEntries() {
    return rows.mappingCount();
  }

  /** Goes through a range as it is, not as it was. */
  private final class Rows implements KeyValueIterator<Bytes, byte[]> {
    private final Iterator<Bytes> keys;
    private KeyValue<Bytes, byte[]> next;

    Rows(Iterator<Bytes> keys) {
      this.keys = keys;
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      var entry = next;
      advance();
      return entry;
    }

    @Override
    public Bytes peekNextKey() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      return next.key;
    }

    @Override
    public void close() {
      next = null;
    }

    private void advance() {
      next = null;
      while (next == null && keys.hasNext()) {
        Bytes key = keys.next();
        byte[] value = rows.get(key);
        if (value != null) {
          next = KeyValue.pair(key, value);
        }
      }
    }
  }
}
