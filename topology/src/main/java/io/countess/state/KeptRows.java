package io.countess.state;

import io.countess.count.KeptWindows;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The windows that have ended and are kept: a row for each counter that has some, beside its own
 * row. What has changed is kept in memory until the next flush, everything else beneath. The fold's
 * thread changes; any thread may read.
 *
 * <p>A window goes from its counter's row to here when the next one begins. It is here first: so
 * whoever looks at the counter's row first, and here afterwards, finds it.
 */
final class KeptRows {
  private final Rows beneath;
  private final ExpiryIndex expiry;
  private final Map<StoreKey, KeptRow> changed = new ConcurrentHashMap<>();

  KeptRows(Rows beneath) {
    this.beneath = beneath;
    this.expiry = new ExpiryIndex(beneath, StoreKeys.KEPT_EXPIRY);
  }

  void open() {
    expiry.open();
  }

  void drop() {
    changed.clear();
    expiry.drop();
  }

  ExpiryIndex expiry() {
    return expiry;
  }

  /** What a counter has in an epoch. */
  KeptWindows find(byte[] recordKey, long epoch) {
    KeptRow row = read(key(recordKey));
    return row == null || row.epoch() != epoch ? KeptWindows.NONE : row.windows();
  }

  /** The row of a counter, or null. */
  KeptRow row(byte[] recordKey) {
    return read(key(recordKey));
  }

  /**
   * Gives a counter other windows.
   *
   * @param untilMillis when the last of them is no longer kept
   */
  void change(byte[] recordKey, long epoch, KeptWindows windows, long untilMillis, long nowMillis) {
    StoreKey key = key(recordKey);
    KeptRow before = read(key);
    if (windows.isEmpty()) {
      remove(key, before);
      return;
    }
    int armed = before == null ? 0 : before.armedSeconds();
    if (armed == 0) {
      armed = expiry.arm(key.bytes(), untilMillis, nowMillis);
    }
    changed.put(key, new KeptRow(epoch, armed, windows));
  }

  /** The same, for a row that the expiry index has come to. */
  void armAgain(byte[] recordKey, KeptRow row, KeptWindows windows, long until, long nowMillis) {
    StoreKey key = key(recordKey);
    if (windows.isEmpty()) {
      remove(key, row);
      return;
    }
    int armed = expiry.arm(key.bytes(), until, nowMillis);
    changed.put(key, new KeptRow(row.epoch(), armed, windows));
  }

  private void remove(StoreKey key, KeptRow before) {
    if (before != null) {
      changed.put(key, KeptRow.REMOVED);
    }
  }

  /** Takes counters with their windows, in key order. */
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(byte[] storeKey, KeptRow row);
  }

  /** Visits the rows whose store keys are in [from, to), in order, on any thread. */
  void scan(byte[] from, byte[] to, Visitor visitor) {
    NavigableMap<byte[], KeptRow> fresh = fresh(from, to);
    try (Rows.Cursor rows = beneath.range(from, to)) {
      while (rows.next() && Arrays.compareUnsigned(rows.key(), to) < 0) {
        byte[] key = rows.key();
        if (!visit(fresh.headMap(key, false), visitor)) {
          return;
        }
        KeptRow newer = fresh.remove(key);
        // What was flushed since is read beneath as it was before that, or as it is: both once
        // were.
        KeptRow row = newer != null ? newer : KeptRow.decode(rows.value());
        if (!visit(key, row, visitor)) {
          return;
        }
      }
    }
    visit(fresh, visitor);
  }

  private NavigableMap<byte[], KeptRow> fresh(byte[] from, byte[] to) {
    var fresh = new TreeMap<byte[], KeptRow>(Arrays::compareUnsigned);
    changed.forEach(
        (key, row) -> {
          byte[] at = key.bytes();
          if (Arrays.compareUnsigned(at, from) >= 0 && Arrays.compareUnsigned(at, to) < 0) {
            fresh.put(at, row);
          }
        });
    return fresh;
  }

  private static boolean visit(NavigableMap<byte[], KeptRow> some, Visitor visitor) {
    for (var next = some.pollFirstEntry(); next != null; next = some.pollFirstEntry()) {
      if (!visit(next.getKey(), next.getValue(), visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean visit(byte[] key, KeptRow row, Visitor visitor) {
    return row.windows().isEmpty() || visitor.visit(key, row);
  }

  int dirtyCount() {
    return changed.size();
  }

  void flush(Batch out, Checkpoint checkpoint) {
    expiry.flush(out, checkpoint);
    changed.forEach(
        (key, row) -> out.put(key.bytes(), row.windows().isEmpty() ? null : row.encode()));
    // Readers find a row either here or beneath: so first there, then forget here.
    out.write();
    changed.clear();
  }

  private KeptRow read(StoreKey key) {
    KeptRow fresh = changed.get(key);
    if (fresh != null) {
      return fresh.windows().isEmpty() ? null : fresh;
    }
    byte[] value = beneath.get(key.bytes());
    return value == null ? null : KeptRow.decode(value);
  }

  private static StoreKey key(byte[] recordKey) {
    return new StoreKey(StoreKeys.of(StoreKeys.KEPT, recordKey));
  }
}
