package io.countess.state;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Whether the rows of a partition belong together. Each flush has a number, which stands in the
 * first row that it writes and in its last one, the meta row. Where they differ only a part of a
 * flush is there, as when a changelog was cut in the middle: rows are newer than the offset in the
 * meta row then, and to fold on from there would count twice.
 */
final class Wholeness {
  private static final int CHUNK = 1024;
  private static final Bytes BEGUN = Bytes.wrap(StoreKeys.of(StoreKeys.BEGUN));

  private Wholeness() {}

  /** Whether they do. No rows at all do, too. */
  static boolean of(KeyValueStore<Bytes, byte[]> rows) {
    byte[] meta = rows.get(Bytes.wrap(StoreKeys.of(StoreKeys.META)));
    if (meta == null) {
      try (var all = rows.all()) {
        return !all.hasNext();
      }
    }
    OptionalLong begun = lastBegun(rows);
    OptionalLong ended = Meta.flushesOf(meta);
    // The versions before did not number their flushes, and left the first row as it was.
    return begun.isEmpty() || ended.isEmpty() || begun.getAsLong() == ended.getAsLong();
  }

  /** The number of the flush that was begun last; empty where none was. */
  static OptionalLong lastBegun(KeyValueStore<Bytes, byte[]> rows) {
    byte[] begun = rows.get(BEGUN);
    return begun == null ? OptionalLong.empty() : OptionalLong.of(new VarInput(begun).read());
  }

  /** What the first row of a flush holds. */
  static byte[] begun(long flush) {
    return new VarOutput(10).write(flush).toBytes();
  }

  /**
   * Deletes every row but the first of a flush that never ends: so if this comes only in part, that
   * shows. The flushes after it go on counting from there.
   */
  static void wipe(KeyValueStore<Bytes, byte[]> rows) {
    byte[] meta = rows.get(Bytes.wrap(StoreKeys.of(StoreKeys.META)));
    long ended = meta == null ? 0 : Meta.flushesOf(meta).orElse(0);
    rows.put(BEGUN, begun(1 + Math.max(ended, lastBegun(rows).orElse(0))));
    List<KeyValue<Bytes, byte[]>> chunk = some(rows);
    while (!chunk.isEmpty()) {
      rows.putAll(chunk);
      chunk = some(rows);
    }
  }

  private static List<KeyValue<Bytes, byte[]>> some(KeyValueStore<Bytes, byte[]> rows) {
    var chunk = new ArrayList<KeyValue<Bytes, byte[]>>(CHUNK);
    try (var all = rows.all()) {
      while (all.hasNext() && chunk.size() < CHUNK) {
        Bytes key = all.next().key;
        if (!key.equals(BEGUN)) {
          chunk.add(new KeyValue<>(key, null));
        }
      }
    }
    return chunk;
  }
}
