package io.countess.state;

/**
 * The sum of all rows' hashes, which is the same in whatever order they come. Each flush keeps it
 * in the checkpoint. So missing rows show, wherever in a changelog they stood. A changelog is
 * compacted, so a part that was deleted from its middle leaves a gap like any other.
 *
 * <p>The rows that a flush begins and ends with have no part in it: {@link Wholeness} compares
 * them.
 */
final class RowSum {
  private static final long SEED = 0x436F756E74657373L;

  private RowSum() {}

  /** What a row adds; 0 where there is none. */
  static long of(byte[] storeKey, byte[] value) {
    return value == null ? 0 : Hash.of(Hash.of(SEED, storeKey, 0), value, 0);
  }

  /** What all rows add up to. */
  static long of(Rows rows) {
    long sum = 0;
    try (var all = rows.all()) {
      while (all.next()) {
        byte[] key = all.key();
        if (!Wholeness.isEdge(key)) {
          sum += of(key, all.value());
        }
      }
    }
    return sum;
  }
}
