package io.countess.state;

/**
 * The rows beneath a partition's state: bytes by key, in the order of unsigned bytes from the left.
 * One thread writes; any thread may read beside it.
 */
public interface Rows {
  /** The row with this key, or null. */
  byte[] get(byte[] key);

  /** The rows from one key to another one, both included, in order. */
  Cursor range(byte[] from, byte[] to);

  /** All rows, in order. */
  Cursor all();

  /** A way to write many rows at once. */
  Writer writer();

  /** Goes through rows. */
  interface Cursor extends AutoCloseable {
    /** Goes to the next row, at first to the first one; answers whether there is one. */
    boolean next();

    /** The key of the row that this is at. */
    byte[] key();

    /** The value of that row. */
    byte[] value();

    @Override
    void close();
  }

  /** Collects rows, and writes them together. */
  interface Writer {
    /** Adds a row to what is written next; null deletes it. */
    void put(byte[] key, byte[] value);

    /** Writes what was added, in that order. */
    void write();
  }
}
