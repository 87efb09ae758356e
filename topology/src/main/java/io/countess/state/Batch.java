package io.countess.state;

import java.util.HashMap;
import java.util.Map;

/**
 * Writes to the rows beneath in batches: one crossing into native code for many of them. It keeps
 * their {@link RowSum}.
 */
final class Batch {
  private static final int MAX_ROWS = 1024;

  private final Rows beneath;
  private final Rows.Writer out;
  private int rows;

  /** What rows that were put and not yet written add to the sum. */
  private final Map<StoreKey, Long> unwritten = new HashMap<>();

  private long sum;

  /** Begins with the sum of all rows that are there. */
  Batch(Rows beneath, long sum) {
    this.beneath = beneath;
    this.out = beneath.writer();
    this.sum = sum;
  }

  /** Writes a row, or deletes it where {@code value} is null, whatever stands there now. */
  void put(byte[] storeKey, byte[] value) {
    var key = new StoreKey(storeKey);
    Long before = unwritten.get(key);
    long stands = before != null ? before : RowSum.of(storeKey, beneath.get(storeKey));
    unwritten.put(key, replace(storeKey, stands, value));
  }

  /**
   * The same, once in a batch, for a row of which it is known what it adds to the sum.
   *
   * @param before 0 where there is none
   * @return what it adds from now on
   */
  long replace(byte[] storeKey, long before, byte[] value) {
    long after = RowSum.of(storeKey, value);
    sum += after - before;
    add(storeKey, value);
    return after;
  }

  /** What all rows add up to, once they are written. */
  long sum() {
    return sum;
  }

  /** Writes a row that has no part in the sum. */
  void add(byte[] storeKey, byte[] value) {
    out.put(storeKey, value);
    if (++rows == MAX_ROWS) {
      write();
    }
  }

  /** Writes what has been collected. */
  void write() {
    if (rows > 0) {
      out.write();
      rows = 0;
      unwritten.clear();
    }
  }
}
