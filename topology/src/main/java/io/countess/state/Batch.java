package io.countess.state;

/** Writes to the rows beneath in batches: one crossing into native code for many of them. */
final class Batch {
  private static final int MAX_ROWS = 1024;

  private final Rows.Writer out;
  private int rows;

  Batch(Rows beneath) {
    this.out = beneath.writer();
  }

  /** Writes a row, or deletes it where {@code value} is null. */
  void put(byte[] storeKey, byte[] value) {
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
    }
  }
}
