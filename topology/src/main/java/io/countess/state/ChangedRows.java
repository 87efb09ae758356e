package io.countess.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rows changed since the last flush, in the order of their first change. The fold's thread adds and
 * clears; any thread may look for rows.
 */
final class ChangedRows {
  private static final int LEAST_SLOTS = 1 << 10;
  private static final int MOST_KEPT_SLOTS = 1 << 16;

  private volatile Row[] rows = new Row[LEAST_SLOTS];
  private volatile int count;

  void add(Row row) {
    int at = count;
    if (at == rows.length) {
      rows = Arrays.copyOf(rows, 2 * at);
    }
    rows[at] = row;
    count = at + 1;
  }

  int count() {
    return count;
  }

  Row get(int index) {
    return rows[index];
  }

  /** Forgets the rows, after they have been written. */
  void clear() {
    count = 0;
    if (rows.length > MOST_KEPT_SLOTS) {
      rows = new Row[MOST_KEPT_SLOTS];
    }
  }

  /** Forgets the rows, and keeps hold of none. */
  void drop() {
    count = 0;
    rows = new Row[LEAST_SLOTS];
  }

  /**
   * The rows whose store keys are in [from, to), in order. While others are added or all forgotten
   * it may answer more, but never less than what had been changed and not yet written before.
   */
  List<Row> in(byte[] from, byte[] to) {
    int seen = count;
    Row[] table = rows;
    var found = new ArrayList<Row>();
    for (int i = 0; i < Math.min(seen, table.length); i++) {
      Row row = table[i];
      if (row != null && compare(row.storeKey, from) >= 0 && compare(row.storeKey, to) < 0) {
        found.add(row);
      }
    }
    found.sort(Comparator.comparing(row -> row.storeKey, Arrays::compareUnsigned));
    return withoutRepeats(found);
  }

  /** A row that was evicted and read again while the list was copied may be in it twice. */
  private static List<Row> withoutRepeats(List<Row> sorted) {
    int kept = 0;
    for (Row row : sorted) {
      if (kept == 0 || compare(sorted.get(kept - 1).storeKey, row.storeKey) != 0) {
        sorted.set(kept++, row);
      }
    }
    return sorted.subList(0, kept);
  }

  private static int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }
}
