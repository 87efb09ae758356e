package io.countess.state;

import java.util.ArrayList;

/**
 * Removes the rows that a reset of their namespace has left behind. They count for nothing, so it
 * can be done at leisure, a few at a time.
 */
final class Sweep {
  private static final int ROWS_IN_A_STEP = 500;

  private final CounterRows rows;
  private final Namespaces namespaces;

  Sweep(CounterRows rows, Namespaces namespaces) {
    this.rows = rows;
    this.namespaces = namespaces;
  }

  /** Looks at some rows; answers whether there was anything to do. */
  boolean step() {
    for (Namespace namespace : namespaces.all().values()) {
      if (namespace.sweptTo != null) {
        sweep(namespace);
        return true;
      }
    }
    return false;
  }

  private void sweep(Namespace namespace) {
    byte[] prefix = StoreKeys.of(StoreKeys.COUNTER, RecordKeys.prefix(namespace.encodedName()));
    byte[] from = namespace.sweptTo.length == 0 ? prefix : namespace.sweptTo;
    long epoch = namespace.policy().epoch();
    int[] left = {ROWS_IN_A_STEP};
    byte[][] next = {null};
    var stale = new ArrayList<byte[]>();
    rows.scan(
        from,
        StoreKeys.after(prefix),
        row -> {
          if (left[0]-- == 0) {
            next[0] = row.storeKey;
            return false;
          }
          if (row.epoch() != epoch && row.state() != null) {
            stale.add(StoreKeys.withoutKind(row.storeKey));
          }
          return true;
        });
    for (byte[] recordKey : stale) {
      Row row = rows.load(recordKey);
      rows.change(row, null, row.epoch());
    }
    namespace.sweptTo = next[0];
    namespaces.changed(namespace);
  }
}
