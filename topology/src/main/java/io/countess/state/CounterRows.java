package io.countess.state;

import io.countess.count.State;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of counters: those in use decoded in a table, all that have been flushed in the store
 * beneath. The fold's thread loads and changes them; {@link #find} and {@link #scan} are for any.
 */
final class CounterRows {
  private final Rows beneath;
  private final RowTable table = new RowTable();
  private final ChangedRows changed = new ChangedRows();
  private final ExpiryIndex expiry;
  private final int hotRows;

  /** Whether the table holds all rows, so that a miss needs no look beneath. */
  private boolean complete;

  CounterRows(Rows beneath, int hotRows) {
    this.beneath = beneath;
    this.expiry = new ExpiryIndex(beneath, StoreKeys.EXPIRY);
    this.hotRows = hotRows;
  }

  /** When to look which of them are dead. */
  ExpiryIndex expiry() {
    return expiry;
  }

  void open() {
    var from = StoreKeys.of(StoreKeys.COUNTER);
    var to = StoreKeys.after(StoreKeys.of(StoreKeys.COUNTER));
    try (var rows = beneath.range(from, to)) {
      complete = !rows.next() || rows.key()[0] != StoreKeys.COUNTER;
    }
    expiry.open();
  }

  void drop() {
    table.clear();
    changed.drop();
    expiry.drop();
    complete = false;
  }

  /** The row of a counter, or null where there is none. */
  Row load(byte[] recordKey) {
    int hash = RowTable.hash(recordKey, 0);
    Row row = table.get(recordKey, hash);
    if (row == null && !complete) {
      byte[] storeKey = StoreKeys.of(StoreKeys.COUNTER, recordKey);
      byte[] value = beneath.get(storeKey);
      if (value != null) {
        row = RowCodec.decode(storeKey, hash, value);
        row.stored = RowSum.of(storeKey, value);
        table.add(row);
      }
    }
    if (row != null) {
      row.used = true;
    }
    return row;
  }

  /** A row for a counter that has none. */
  Row create(byte[] recordKey, long epoch) {
    byte[] storeKey = StoreKeys.of(StoreKeys.COUNTER, recordKey);
    var row = new Row(storeKey, RowTable.hash(recordKey, 0), epoch);
    row.used = true;
    table.add(row);
    return row;
  }

  /** Gives a row another state; null removes it with the next flush. */
  void change(Row row, State state, long epoch) {
    row.set(state, epoch);
    if (!row.dirty) {
      row.dirty = true;
      changed.add(row);
    }
  }

  int dirtyCount() {
    return changed.count();
  }

  int hotCount() {
    return table.size();
  }

  void flush(Batch out) {
    for (int i = 0; i < changed.count(); i++) {
      Row row = changed.get(i);
      row.dirty = false;
      byte[] value = row.state() == null ? null : RowCodec.encode(row);
      row.stored = out.replace(row.storeKey, row.stored, value);
    }
    // Readers find a row either among the changed or beneath: so first there, then forget here.
    out.write();
    for (int i = 0; i < changed.count(); i++) {
      if (changed.get(i).state() == null) {
        table.remove(changed.get(i));
      }
    }
    changed.clear();
    evict();
  }

  /** The row of a counter for a reader on any thread, or null; not kept in the table. */
  Row find(byte[] recordKey) {
    int hash = RowTable.hash(recordKey, 0);
    Row row = table.get(recordKey, hash);
    return row != null ? row : readBeneath(recordKey, hash);
  }

  /** Takes rows in key order. */
  interface RowVisitor {
    /** Returns whether to go on. */
    boolean visit(Row row);
  }

  /**
   * Visits the rows whose store keys are in [from, to), in order, on any thread: rows that are new
   * since the last flush too.
   */
  void scan(byte[] from, byte[] to, RowVisitor visitor) {
    if (compare(from, to) >= 0) {
      return;
    }
    List<Row> fresh = changed.in(from, to);
    int next = 0;
    try (Rows.Cursor rows = beneath.range(from, to)) {
      while (rows.next()) {
        byte[] storeKey = rows.key();
        if (Arrays.compareUnsigned(storeKey, to) >= 0) {
          break;
        }
        while (next < fresh.size() && compare(fresh.get(next).storeKey, storeKey) < 0) {
          if (!visitor.visit(fresh.get(next++))) {
            return;
          }
        }
        // It may have been flushed and evicted since, and what is beneath be as it was before that.
        boolean isFresh = next < fresh.size() && compare(fresh.get(next).storeKey, storeKey) == 0;
        Row row = isFresh ? fresh.get(next++) : newest(storeKey, rows.value());
        if (!visitor.visit(row)) {
          return;
        }
      }
    }
    while (next < fresh.size() && visitor.visit(fresh.get(next))) {
      next++;
    }
  }

  private Row newest(byte[] storeKey, byte[] value) {
    byte[] recordKey = StoreKeys.withoutKind(storeKey);
    int hash = RowTable.hash(recordKey, 0);
    Row row = table.get(recordKey, hash);
    return row != null ? row : RowCodec.decode(storeKey, hash, value);
  }

  private Row readBeneath(byte[] recordKey, int hash) {
    byte[] storeKey = StoreKeys.of(StoreKeys.COUNTER, recordKey);
    byte[] value = beneath.get(storeKey);
    return value == null ? null : RowCodec.decode(storeKey, hash, value);
  }

  private void evict() {
    if (table.size() > hotRows) {
      table.evict(hotRows - hotRows / 10);
      complete = false;
    }
  }

  private static int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }
}
