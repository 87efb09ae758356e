package io.countess.state;

import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which rows to look at when, so that expiry costs by what expires.
 *
 * <p>A row has one entry. It is armed when it comes to be, for about the time when it will be dead.
 * It is armed again when that time comes and it lives on. Puts never move the entry. Entries due in
 * the same second are written together, in blocks, at the next flush. So a new row costs a few
 * bytes here, and not a row of its own in store and changelog. An entry whose row has gone, or is
 * armed for another time, means nothing.
 *
 * <p>A row keeps only the low 32 bits of the second it is armed for. That is enough to know its own
 * entry: another one with the same bits is at least 136 years away. Where that is taken for the
 * row's own, it does no more than arm the row again.
 */
final class ExpiryIndex {
  /** What {@link #nextDueSeconds} answers where nothing waits. */
  static final long NOTHING = Long.MAX_VALUE;

  private static final int BLOCK_KEYS = 256;
  private static final int BLOCK_BYTES = 32 * 1024;

  /**
   * The year 10000. No record is believed that says it is later, so the floor never comes there and
   * what waits for it is never visited.
   */
  private static final long MAX_SECONDS = 253_402_300_800L;

  private final Rows beneath;
  private final byte kind;

  /** Entries since the last flush: record keys by the second when they are due. */
  private final TreeMap<Long, List<byte[]>> pending = new TreeMap<>();

  /** Blocks that have been worked off, and go with the next flush. */
  private final List<Block> consumed = new ArrayList<>();

  /** The earliest block that has been written and not worked off. */
  private long nextDueSeconds = NOTHING;

  /**
   * An index over the rows of one kind.
   *
   * @param kind what its own keys start with
   */
  ExpiryIndex(Rows beneath, byte kind) {
    this.beneath = beneath;
    this.kind = kind;
  }

  void open() {
    nextDueSeconds = firstDue(StoreKeys.expiry(kind, 0, 0));
  }

  void drop() {
    pending.clear();
    consumed.clear();
    nextDueSeconds = NOTHING;
  }

  /**
   * Arms a row that is not armed. The entry comes due at most 1/32 of the row's remaining life, or
   * a second, after the row is dead.
   *
   * @return when, in seconds since the epoch, unsigned
   */
  int arm(byte[] storeKey, long deadAtMillis, long nowMillis) {
    long life = Math.max(0, deadAtMillis - nowMillis) / 1000;
    long granule = Math.max(1, Long.highestOneBit(life / 64) * 2);
    long dead = deadAtMillis / 1000 + 1;
    long due = Math.min((dead + granule - 1) / granule * granule, MAX_SECONDS);
    if ((int) due == 0) {
      due++; // in a row, 0 says that it is not armed
    }
    pending.computeIfAbsent(due, second -> new ArrayList<>()).add(storeKey);
    return (int) due;
  }

  /** The earliest second for which something is armed, flushed or not. */
  long nextDueSeconds() {
    return pending.isEmpty() ? nextDueSeconds : Math.min(nextDueSeconds, pending.firstKey());
  }

  /** Whether {@link #fire} would find something. */
  boolean isDue(long floorSeconds) {
    return nextDueSeconds <= floorSeconds;
  }

  /** Whether something was due by {@code sinceMillis}, and the floor has not come there. */
  boolean isOverdue(long floorMillis, long sinceMillis) {
    long due = nextDueSeconds();
    return due != NOTHING && due * 1000 <= sinceMillis && floorMillis < due * 1000;
  }

  private record Block(byte[] key, byte[] entries) {}

  /** Takes an entry, and the low 32 bits of when it was due. */
  interface EntryVisitor {
    void visit(byte[] recordKey, int dueSeconds);
  }

  /** Visits the entries of the earliest block, if that is due; answers how many there were. */
  int fire(long floorSeconds, EntryVisitor visitor) {
    if (!isDue(floorSeconds)) {
      return 0;
    }
    byte[] from =
        consumed.isEmpty()
            ? StoreKeys.expiry(kind, nextDueSeconds, 0)
            : successor(consumed.get(consumed.size() - 1).key);
    byte[] key;
    byte[] block;
    try (var blocks = beneath.range(from, end())) {
      if (!blocks.next()) {
        nextDueSeconds = NOTHING;
        return 0;
      }
      key = blocks.key();
      block = blocks.value();
      nextDueSeconds = blocks.next() ? StoreKeys.dueOf(blocks.key()) : NOTHING;
    }
    long due = StoreKeys.dueOf(key);
    if (due > floorSeconds) {
      nextDueSeconds = due;
      return 0;
    }
    consumed.add(new Block(key, block));
    var in = new VarInput(block);
    int entries = 0;
    while (in.hasMore()) {
      visitor.visit(in.readBlock(), (int) due);
      entries++;
    }
    return entries;
  }

  void flush(Batch out, Checkpoint checkpoint) {
    consumed.forEach(block -> out.replace(block.key, RowSum.of(block.key, block.entries), null));
    consumed.clear();
    pending.forEach((due, keys) -> writeBlocks(keys, b -> out.replace(key(due, checkpoint), 0, b)));
    if (!pending.isEmpty()) {
      nextDueSeconds = Math.min(nextDueSeconds, pending.firstKey());
    }
    pending.clear();
  }

  private byte[] key(long due, Checkpoint checkpoint) {
    return StoreKeys.expiry(kind, due, checkpoint.nextExpirySequence());
  }

  private static void writeBlocks(List<byte[]> storeKeys, Consumer<byte[]> out) {
    var block = new VarOutput(4096);
    int keys = 0;
    for (byte[] storeKey : storeKeys) {
      block.write(StoreKeys.withoutKind(storeKey));
      if (++keys == BLOCK_KEYS || block.size() >= BLOCK_BYTES) {
        out.accept(block.toBytes());
        block = new VarOutput(4096);
        keys = 0;
      }
    }
    if (keys > 0) {
      out.accept(block.toBytes());
    }
  }

  private long firstDue(byte[] from) {
    try (var blocks = beneath.range(from, end())) {
      return blocks.next() ? StoreKeys.dueOf(blocks.key()) : NOTHING;
    }
  }

  private byte[] end() {
    return StoreKeys.expiry(kind, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static byte[] successor(byte[] key) {
    byte[] next = java.util.Arrays.copyOf(key, key.length + 1);
    next[key.length] = 0;
    return next;
  }
}
