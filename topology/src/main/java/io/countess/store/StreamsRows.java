package io.countess.store;

import io.countess.state.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rows in a store of Kafka Streams. */
record StreamsRows(KeyValueStore<Bytes, byte[]> store) implements Rows {
  @Override
  public byte[] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public Cursor range(byte[] from, byte[] to) {
    return new Entries(store.range(Bytes.wrap(from), Bytes.wrap(to)));
  }

  @Override
  public Cursor all() {
    return new Entries(store.all());
  }

  @Override
  public Writer writer() {
    return new Batched(store, new ArrayList<>());
  }

  private record Batched(KeyValueStore<Bytes, byte[]> store, List<KeyValue<Bytes, byte[]>> rows)
      implements Writer {
    @Override
    public void put(byte[] key, byte[] value) {
      rows.add(new KeyValue<>(Bytes.wrap(key), value));
    }

    @Override
    public void write() {
      store.putAll(rows);
      rows.clear();
    }
  }

  private static final class Entries implements Cursor {
    private final KeyValueIterator<Bytes, byte[]> entries;
    private KeyValue<Bytes, byte[]> at;

    Entries(KeyValueIterator<Bytes, byte[]> entries) {
      this.entries = entries;
    }

    @Override
    public boolean next() {
      boolean more = entries.hasNext();
      at = more ? entries.next() : null;
      return more;
    }

    @Override
    public byte[] key() {
      return at.key.get();
    }

    @Override
    public byte[] value() {
      return at.value;
    }

    @Override
    public void close() {
      entries.close();
    }
  }
}
