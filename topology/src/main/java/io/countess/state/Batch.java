package io.countess.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Writes to the store beneath in batches: one crossing into native code for many rows. */
final class Batch {
  private static final int MAX_ROWS = 1024;

  private final KeyValueStore<Bytes, byte[]> store;
  private final List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>(MAX_ROWS);

  Batch(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Writes a row, or deletes it where {@code value} is null. */
  void put(byte[] storeKey, byte[] value) {
    rows.add(new KeyValue<>(Bytes.wrap(storeKey), value));
    if (rows.size() == MAX_ROWS) {
      write();
    }
  }

  /** Writes what has been collected. */
  void write() {
    if (!rows.isEmpty()) {
      store.putAll(rows);
      rows.clear();
    }
  }
}
