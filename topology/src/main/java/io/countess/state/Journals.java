package io.countess.state;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.count.VarOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What happened to the counters whose policies have a journal: a row for each event, beside the
 * counter's own, whose key ends with the offset of the record, upside down. So the newest comes
 * first. Rows are never changed. Like ids they outlive their counter, and they end by age. What was
 * added is kept in memory until the next flush, everything else beneath. The fold's thread adds;
 * any thread may read.
 *
 * <p>Whether an entry is there is a matter of its end and the present alone, not of when its row is
 * removed.
 */
public final class Journals {
  /** How many rows a page goes past that have ended and are still there. */
  private static final int MOST_ENDED = 1000;

  /** What follows the record key: an offset, and which event of the record it was. */
  private static final int PLACE_BYTES = Long.BYTES + 1;

  private final Rows beneath;
  private final ExpiryIndex expiry;

  /** Rows added since the last flush. */
  private final ConcurrentNavigableMap<byte[], byte[]> added =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

  private int addedRows;

  /** Rows to remove, with what they add to the sum. */
  private final Map<StoreKey, Long> removed = new HashMap<>();

  Journals(Rows beneath) {
    this.beneath = beneath;
    this.expiry = new ExpiryIndex(beneath, StoreKeys.JOURNAL_EXPIRY);
  }

  void open() {
    expiry.open();
  }

  void drop() {
    added.clear();
    addedRows = 0;
    removed.clear();
    expiry.drop();
  }

  ExpiryIndex expiry() {
    return expiry;
  }

  /**
   * Adds what an event did to a counter.
   *
   * @param offset of its record
   * @param nowAge the present, as an age
   */
  public void add(byte[] recordKey, long offset, JournalRow row, long nowAge) {
    byte[] prefix = prefix(recordKey);
    byte[] newest = added.ceilingKey(key(prefix, offset, JournalPlace.MAX_PART));
    boolean isLater = newest != null && Arrays.compareUnsigned(newest, key(prefix, offset, 0)) <= 0;
    byte[] key = key(prefix, offset, isLater ? partOf(newest) + 1 : 0);
    added.put(key, row.encode());
    addedRows++;
    expiry.arm(key, row.endAge(), nowAge);
  }

  /**
   * Some of the entries of a counter, the newest first. It takes no more rows than are asked for,
   * and a bounded number of those that have ended.
   *
   * @param before only those before that; null for the newest
   */
  JournalPage page(byte[] recordKey, int partition, JournalPlace before, Slice slice) {
    byte[] prefix = prefix(recordKey);
    byte[] from = before == null ? prefix : after(key(prefix, before.offset(), before.part()));
    List<JournalPage.Entry> entries = new ArrayList<>();
    JournalPlace last = before;
    int left = slice.limit + MOST_ENDED;
    try (var rows = new Merged(from, StoreKeys.after(prefix), left)) {
      while (rows.next()) {
        if (entries.size() == slice.limit || left-- == 0) {
          return new JournalPage(entries, Optional.ofNullable(last));
        }
        last = place(partition, rows.key);
        if (JournalRow.endOf(rows.value) > slice.nowAge) {
          entries.add(JournalRow.decode(rows.value).at(last));
        }
      }
    }
    return new JournalPage(entries, Optional.empty());
  }

  /** How many entries at most, and at which age they have to be there. */
  record Slice(int limit, long nowAge) {}

  /** Goes through rows that were added and those beneath, in order. */
  private final class Merged implements AutoCloseable {
    private final byte[] to;

    /** Looked at first: what is flushed meanwhile is found beneath, too, and taken once. */
    private final Iterator<Map.Entry<byte[], byte[]>> fresh;

    private final Rows.Cursor flushed;
    private Map.Entry<byte[], byte[]> nextFresh;
    private boolean isNextFlushed;
    private byte[] key;
    private byte[] value;

    /**
     * @param most how many of those that were added are needed, and one more
     */
    Merged(byte[] from, byte[] to, int most) {
      this.to = to;
      fresh = added.subMap(from, to).entrySet().stream().limit(most + 1L).toList().iterator();
      flushed = beneath.range(from, to);
      nextFresh = fresh.hasNext() ? fresh.next() : null;
      isNextFlushed = hasNextFlushed();
    }

    boolean next() {
      if (nextFresh == null && !isNextFlushed) {
        return false;
      }
      int order =
          nextFresh == null
              ? 1
              : !isNextFlushed ? -1 : Arrays.compareUnsigned(nextFresh.getKey(), flushed.key());
      key = order <= 0 ? nextFresh.getKey() : flushed.key();
      value = order <= 0 ? nextFresh.getValue() : flushed.value();
      if (order <= 0) {
        nextFresh = fresh.hasNext() ? fresh.next() : null;
      }
      if (order >= 0) {
        isNextFlushed = hasNextFlushed();
      }
      return true;
    }

    private boolean hasNextFlushed() {
      return flushed.next() && Arrays.compareUnsigned(flushed.key(), to) < 0;
    }

    @Override
    public void close() {
      flushed.close();
    }
  }

  /** Removes the rows of one block of the expiry index that are dead; answers how many it had. */
  int expire(long floorMillis) {
    return expiry.fire(floorMillis / 1000, (key, due) -> expire(key, floorMillis));
  }

  private void expire(byte[] rest, long floorMillis) {
    byte[] key = StoreKeys.of(StoreKeys.JOURNAL, rest);
    byte[] value = beneath.get(key);
    if (value != null && JournalRow.endOf(value) <= floorMillis) {
      removed.put(new StoreKey(key), RowSum.of(key, value));
    }
  }

  int dirtyCount() {
    return addedRows + removed.size();
  }

  void flush(Batch out, Checkpoint checkpoint) {
    expiry.flush(out, checkpoint);
    removed.forEach((key, sum) -> out.replace(key.bytes(), sum, null));
    removed.clear();
    added.forEach((key, value) -> out.replace(key, 0, value));
    // Readers find a row either here or beneath: so first there, then forget here.
    out.write();
    added.clear();
    addedRows = 0;
  }

  /** The length of a record key stands before it, so that none is the beginning of another one. */
  private static byte[] prefix(byte[] recordKey) {
    var key = new VarOutput(recordKey.length + 4 + PLACE_BYTES);
    return key.writeByte(StoreKeys.JOURNAL).write(recordKey).toBytes();
  }

  private static byte[] key(byte[] prefix, long offset, int part) {
    return ByteBuffer.allocate(prefix.length + PLACE_BYTES)
        .put(prefix)
        .putLong(~offset)
        .put((byte) ~part)
        .array();
  }

  private static JournalPlace place(int partition, byte[] key) {
    long offset = ~ByteBuffer.wrap(key).getLong(key.length - PLACE_BYTES);
    return new JournalPlace(partition, offset, partOf(key));
  }

  private static int partOf(byte[] key) {
    return ~key[key.length - 1] & 0xff;
  }

  /** The key that comes next. */
  private static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
