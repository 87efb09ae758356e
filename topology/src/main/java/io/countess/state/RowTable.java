package io.countess.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Decoded rows by record key: open addressing with linear probing, one thread that writes, any
 * number that read without locks.
 *
 * <p>A removed row leaves a grave behind, so that a reader that probes past it never loses its way.
 * Graves go when the table is rebuilt. A reader works on the array that it got first: rows that
 * come while it looks may be missed, rows that were there are found.
 */
final class RowTable {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Row[].class);
  private static final Row GRAVE = new Row(new byte[1], 0, -1);
  private static final int LEAST_SLOTS = 1 << 10;

  /** Unknown outside of the process, so that nobody can choose keys that collide. */
  private static final long SEED = new SplittableRandom().nextLong();

  private volatile Row[] slots = new Row[LEAST_SLOTS];
  private int rows;
  private int graves;
  private int hand;

  /** A hash of {@code key[from, end)}. */
  static int hash(byte[] key, int from) {
    long h = Hash.of(SEED, key, from);
    return (int) (h ^ h >>> 32);
  }

  /** The row of a record key, or null. */
  Row get(byte[] recordKey, int hash) {
    Row[] table = slots;
    int mask = table.length - 1;
    for (int i = hash & mask; ; i = i + 1 & mask) {
      Row row = (Row) SLOT.getAcquire(table, i);
      if (row == null) {
        return null;
      }
      if (row.hash == hash && isOf(row, recordKey)) {
        return row;
      }
    }
  }

  /** Adds a row whose key is not there yet. */
  void add(Row row) {
    if ((rows + graves + 1) * 8L > slots.length * 5L) {
      rebuild();
    }
    insert(slots, row);
    rows++;
  }

  void remove(Row row) {
    Row[] table = slots;
    int mask = table.length - 1;
    for (int i = row.hash & mask; table[i] != null; i = i + 1 & mask) {
      if (table[i] == row) {
        SLOT.setRelease(table, i, GRAVE);
        rows--;
        graves++;
        return;
      }
    }
  }

  int size() {
    return rows;
  }

  void clear() {
    slots = new Row[LEAST_SLOTS];
    rows = 0;
    graves = 0;
    hand = 0;
  }

  /**
   * Evicts clean rows that have not been used for a turn of the clock's hand. It ends when at most
   * {@code target} rows are left or the hand has gone round twice.
   */
  void evict(int target) {
    Row[] table = slots;
    for (long steps = 2L * table.length; steps > 0 && rows > target; steps--) {
      hand = hand + 1 & table.length - 1;
      Row row = table[hand];
      if (row == null || row == GRAVE || row.dirty) {
        continue;
      }
      if (row.used) {
        row.used = false;
      } else {
        SLOT.setRelease(table, hand, GRAVE);
        rows--;
        graves++;
      }
    }
  }

  void forEach(Consumer<Row> visitor) {
    for (Row row : slots) {
      if (row != null && row != GRAVE) {
        visitor.accept(row);
      }
    }
  }

  private void rebuild() {
    int length = LEAST_SLOTS;
    while (length < (rows + 1) * 2L) {
      length *= 2;
    }
    Row[] bigger = new Row[length];
    forEach(row -> insert(bigger, row));
    graves = 0;
    slots = bigger;
  }

  private static void insert(Row[] table, Row row) {
    int mask = table.length - 1;
    int i = row.hash & mask;
    while (table[i] != null) {
      i = i + 1 & mask;
    }
    SLOT.setRelease(table, i, row);
  }

  private static boolean isOf(Row row, byte[] recordKey) {
    byte[] key = row.storeKey;
    return Arrays.equals(key, 1, key.length, recordKey, 0, recordKey.length);
  }
}
