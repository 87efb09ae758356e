package io.countess.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Rows in a sorted map. */
public final class MapRows implements Rows {
  private final ConcurrentSkipListMap<byte[], byte[]> rows =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

  /** How many there are. */
  int size() {
    return rows.size();
  }

  /** All of them, in a form that can be compared. */
  public <T> Map<T, T> all(Function<byte[], T> form) {
    Map<T, T> all = new TreeMap<>();
    rows.forEach((key, value) -> all.put(form.apply(key), form.apply(value)));
    return all;
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
