package io.countess.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Rows in a sorted map, for a fold that keeps nothing beyond its process. */
public final class InMemoryRows implements Rows {
  private final ConcurrentSkipListMap<byte[], byte[]> rows =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

  /** How many there are. */
  public int size() {
    return rows.size();
  }

  @Override
  public byte[] get(byte[] key) {
    return rows.get(key);
  }

  @Override
  public Cursor range(byte[] from, byte[] to) {
    boolean none = Arrays.compareUnsigned(from, to) > 0;
    return new Entries(none ? Map.of() : rows.subMap(from, true, to, true));
  }

  @Override
  public Cursor all() {
    return new Entries(rows);
  }

  @Override
  public Writer writer() {
    return new Collected();
  }

  private final class Collected implements Writer {
    private final List<Runnable> changes = new ArrayList<>();

    @Override
    public void put(byte[] key, byte[] value) {
      changes.add(() -> change(key, value));
    }

    private void change(byte[] key, byte[] value) {
      if (value == null) {
        rows.remove(key);
      } else {
        rows.put(key, value);
      }
    }

    @Override
    public void write() {
      changes.forEach(Runnable::run);
      changes.clear();
    }
  }

  private static final class Entries implements Cursor {
    private final Iterator<Map.Entry<byte[], byte[]>> entries;
    private Map.Entry<byte[], byte[]> at;

    Entries(Map<byte[], byte[]> rows) {
      entries = rows.entrySet().iterator();
    }

    @Override
    public boolean next() {
      at = entries.hasNext() ? entries.next() : null;
      return at != null;
    }

    @Override
    public byte[] key() {
      return at.getKey();
    }

    @Override
    public byte[] value() {
      return at.getValue();
    }

    @Override
    public void close() {}
  }
}
