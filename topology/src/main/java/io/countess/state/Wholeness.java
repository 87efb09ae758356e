package io.countess.state;

import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Whether the rows of a partition belong together. Each flush has a number, which stands in the
 * first row that it writes and in its last one, the checkpoint. Where they differ only a part of a
 * flush is there, as when a changelog was cut in the middle. Rows are newer than the offset in the
 * checkpoint then, and to fold on from there would count twice.
 */
final class Wholeness {
  private static final int CHUNK = 1024;
  private static final byte[] BEGUN = StoreKeys.of(StoreKeys.BEGUN);
  private static final byte[] CHECKPOINT = StoreKeys.of(StoreKeys.CHECKPOINT);

  private Wholeness() {}

  /** Whether they do. No rows at all do, too. */
  static boolean of(Rows rows) {
    byte[] checkpoint = rows.get(CHECKPOINT);
    if (checkpoint == null) {
      try (var all = rows.all()) {
        return !all.next();
      }
    }
    OptionalLong begun = lastBegun(rows);
    OptionalLong ended = Checkpoint.flushesOf(checkpoint);
    // The versions before did not number their flushes, and left the first row as it was.
    return begun.isEmpty() || ended.isEmpty() || begun.getAsLong() == ended.getAsLong();
  }

  /** What the checkpoint says, and which flush was begun last. */
  static Checkpoint checkpoint(Rows rows, int partitions) {
    var checkpoint = Checkpoint.decode(rows.get(CHECKPOINT), partitions);
    checkpoint.begun(lastBegun(rows).orElse(0));
    return checkpoint;
  }

  /** Whether a key is that of the first or the last row of each flush. */
  static boolean isEdge(byte[] storeKey) {
    return Arrays.equals(storeKey, BEGUN) || Arrays.equals(storeKey, CHECKPOINT);
  }

  /** The number of the flush that was begun last; empty where none was. */
  private static OptionalLong lastBegun(Rows rows) {
    byte[] begun = rows.get(BEGUN);
    return begun == null ? OptionalLong.empty() : OptionalLong.of(new VarInput(begun).read());
  }

  /** What the first row of a flush holds. */
  static byte[] begun(long flush) {
    return new VarOutput(10).write(flush).toBytes();
  }

  /**
   * Deletes every row but the first of a flush that never ends: so if this comes only in part, that
   * shows. The flushes after it go on counting from there.
   */
  static void wipe(Rows rows) {
    byte[] checkpoint = rows.get(CHECKPOINT);
    long ended = checkpoint == null ? 0 : Checkpoint.flushesOf(checkpoint).orElse(0);
    Rows.Writer out = rows.writer();
    out.put(BEGUN, begun(1 + Math.max(ended, lastBegun(rows).orElse(0))));
    out.write();
    while (deleteSome(rows, out)) {
      out.write();
    }
  }

  /** Adds the deletion of some rows to {@code out}; answers whether there were any. */
  private static boolean deleteSome(Rows rows, Rows.Writer out) {
    int some = 0;
    try (var all = rows.all()) {
      while (some < CHUNK && all.next()) {
        if (!Arrays.equals(all.key(), BEGUN)) {
          out.put(all.key(), null);
          some++;
        }
      }
    }
    return some > 0;
  }
}
