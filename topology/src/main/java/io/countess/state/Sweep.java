package io.countess.state;

import io.countess.count.WindowState;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the rows that a change of their namespace's policy has left behind: those from before a
 * reset, and those of windows that are kept no more. They count for nothing, so it can be done at
 * leisure, a few at a time.
 */
final class Sweep {
  private static final int ROWS_IN_A_STEP = 500;

  private final CounterRows rows;
  private final KeptRows kept;
  private final EndedWindows ended;
  private final Namespaces namespaces;
  private final Lapses lapses;

  Sweep(CounterRows rows, KeptRows kept, EndedWindows ended, Namespaces namespaces, Lapses lapses) {
    this.rows = rows;
    this.kept = kept;
    this.ended = ended;
    this.namespaces = namespaces;
    this.lapses = lapses;
  }

  /** Looks at some rows; answers whether there was anything to do. */
  boolean step(Checkpoint checkpoint) {
    for (Namespace namespace : namespaces.all().values()) {
      if (namespace.sweptTo != null) {
        sweep(namespace, checkpoint);
        return true;
      }
    }
    return false;
  }

  /** First the rows of counters, then those of their kept windows. */
  private void sweep(Namespace namespace, Checkpoint checkpoint) {
    byte[] recordKeys = RecordKeys.prefix(namespace.encodedName());
    byte[] counters = StoreKeys.of(StoreKeys.COUNTER, recordKeys);
    byte[] windows = StoreKeys.of(StoreKeys.KEPT, recordKeys);
    byte[] next = namespace.sweptTo.length == 0 ? counters : namespace.sweptTo;
    if (next[0] == StoreKeys.COUNTER) {
      next = sweepCounters(namespace, next, StoreKeys.after(counters), checkpoint);
      next = next != null ? next : windows;
    }
    if (next[0] == StoreKeys.KEPT) {
      next = sweepWindows(namespace, next, StoreKeys.after(windows), checkpoint.floorMillis());
    }
    namespace.sweptTo = next;
    namespaces.changed(namespace);
  }

  /** Answers where to go on; null at the end. */
  private byte[] sweepCounters(Namespace namespace, byte[] from, byte[] to, Checkpoint checkpoint) {
    long floorMillis = checkpoint.floorMillis();
    long epoch = namespace.policy().epoch();
    int[] left = {ROWS_IN_A_STEP};
    byte[][] next = {null};
    var dead = new ArrayList<byte[]>();
    rows.scan(
        from,
        to,
        row -> {
          if (left[0]-- == 0) {
            next[0] = row.storeKey;
            return false;
          }
          byte[] recordKey = StoreKeys.withoutKind(row.storeKey);
          if (row.state() != null
              && (row.epoch() != epoch
                  || row.state() instanceof WindowState window
                      && ended.isOver(namespace, recordKey, window, floorMillis))) {
            dead.add(recordKey);
          }
          return true;
        });
    for (byte[] recordKey : dead) {
      lapses.remove(namespace, rows.load(recordKey), checkpoint);
    }
    return next[0];
  }

  private byte[] sweepWindows(Namespace namespace, byte[] from, byte[] to, long floorMillis) {
    List<byte[]> some = new ArrayList<>();
    byte[][] next = {null};
    kept.scan(
        from,
        to,
        (storeKey, row) -> {
          if (some.size() == ROWS_IN_A_STEP) {
            next[0] = storeKey;
            return false;
          }
          some.add(StoreKeys.withoutKind(storeKey));
          return true;
        });
    some.forEach(recordKey -> ended.trim(namespace, recordKey, floorMillis));
    return next[0];
  }
}
