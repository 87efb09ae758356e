package io.countess.state;

import io.countess.count.IdCount;
import io.countess.count.VarOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids that the counters of a partition remember: rows of their own, which outlive their
 * counter's. All instants here are ages, as {@link Checkpoint#ageAt} says. What has changed is kept
 * in memory until the next flush, everything else beneath. For the fold's thread.
 *
 * <p>Whether an id is remembered is a matter of its end and the instant of decision alone, not of
 * when its row is removed.
 */
public final class Ids {
  private final Rows beneath;
  private final ExpiryIndex expiry;

  /** Rows changed since the last flush; null for one that is removed. */
  private final Map<StoreKey, IdRow> changed = new HashMap<>();

  Ids(Rows beneath) {
    this.beneath = beneath;
    this.expiry = new ExpiryIndex(beneath, StoreKeys.ID_EXPIRY);
  }

  void open() {
    expiry.open();
  }

  void drop() {
    changed.clear();
    expiry.drop();
  }

  /** What a counter remembers of an id at an instant, or null. */
  public DedupeEntry find(byte[] recordKey, String id, long atMillis) {
    IdRow row = read(key(recordKey, id));
    DedupeEntry found = row instanceof DedupePointer there ? follow(there, id) : (DedupeEntry) row;
    return found != null && found.endMillis() > atMillis ? found : null;
  }

  /**
   * The event itself. Where that is over, its row may be gone, or be another event's under the same
   * id: also one that is itself remembered elsewhere.
   */
  private DedupeEntry follow(DedupePointer there, String id) {
    return read(key(there.recordKey(), id)) instanceof DedupeEntry found
            && found.offset() == there.offset()
        ? found
        : null;
  }

  /** How many ids a counter remembers. */
  public IdCount count(byte[] recordKey) {
    return ledger(recordKey).count();
  }

  /** The offset of the last record that set or reset a counter while it remembered ids, or -1. */
  public long voidedAt(byte[] recordKey) {
    return ledger(recordKey).voidedAt();
  }

  /**
   * Remembers an event under an id that none of its counters remembers.
   *
   * @param recordKeys of its counters; the first of them has the row
   */
  public void remember(List<byte[]> recordKeys, String id, DedupeEntry event, long atMillis) {
    byte[] first = recordKeys.get(0);
    remember(first, id, event, event.endMillis(), atMillis);
    var elsewhere = new DedupePointer(first, event.endMillis(), event.offset());
    for (byte[] other : recordKeys.subList(1, recordKeys.size())) {
      remember(other, id, elsewhere, event.endMillis(), atMillis);
    }
  }

  private void remember(byte[] recordKey, String id, IdRow row, long endMillis, long atMillis) {
    StoreKey key = key(recordKey, id);
    changed.put(key, row);
    expiry.arm(key.bytes(), endMillis, atMillis);
    admit(recordKey, atMillis, endMillis);
  }

  /**
   * Takes over what is left of an event that is remembered, with the same end.
   *
   * @param recordKey of one of its counters
   */
  public void update(byte[] recordKey, String id, DedupeEntry event) {
    StoreKey key = key(recordKey, id);
    changed.put(read(key) instanceof DedupePointer there ? key(there.recordKey(), id) : key, event);
  }

  /** Counts an id among those of a counter. */
  private void admit(byte[] recordKey, long atMillis, long endMillis) {
    StoreKey key = key(recordKey, "");
    IdLedger before = ledger(recordKey);
    IdCount count = before.count().and(atMillis, endMillis);
    int armed =
        before.armedSeconds() != 0
            ? before.armedSeconds()
            : expiry.arm(key.bytes(), count.lastEndMillis(), atMillis);
    changed.put(key, new IdLedger(count, before.voidedAt(), armed));
  }

  /** Takes note that a counter was set or reset. */
  @SuppressWarnings("ReferenceEquality") // whether there is one at all
  public void voided(byte[] recordKey, long offset) {
    IdLedger before = ledger(recordKey);
    if (before != IdLedger.EMPTY) {
      var after = new IdLedger(before.count(), offset, before.armedSeconds());
      changed.put(key(recordKey, ""), after);
    }
  }

  ExpiryIndex expiry() {
    return expiry;
  }

  /** Removes the rows of one block of the expiry index that are dead; answers how many it had. */
  int expire(long floorMillis) {
    return expiry.fire(floorMillis / 1000, (key, due) -> expire(key, due, floorMillis));
  }

  private void expire(byte[] idKey, int due, long floorMillis) {
    StoreKey key = new StoreKey(StoreKeys.of(StoreKeys.ID, idKey));
    IdRow row = read(key);
    if (row instanceof DedupeEntry event && event.endMillis() <= floorMillis
        || row instanceof DedupePointer there && there.endMillis() <= floorMillis) {
      changed.put(key, null);
    } else if (row instanceof IdLedger ledger && ledger.armedSeconds() == due) {
      long last = ledger.count().lastEndMillis();
      boolean dead = last <= floorMillis;
      changed.put(
          key,
          dead
              ? null
              : new IdLedger(
                  ledger.count(), ledger.voidedAt(), expiry.arm(key.bytes(), last, floorMillis)));
    }
  }

  int dirtyCount() {
    return changed.size();
  }

  void flush(Batch out, Checkpoint checkpoint) {
    expiry.flush(out, checkpoint);
    changed.forEach((key, row) -> out.put(key.bytes(), row == null ? null : IdCodec.encode(row)));
    // What is looked for next is read beneath.
    out.write();
    changed.clear();
  }

  private IdLedger ledger(byte[] recordKey) {
    var found = (IdLedger) read(key(recordKey, ""));
    return found == null ? IdLedger.EMPTY : found;
  }

  private IdRow read(StoreKey key) {
    if (changed.containsKey(key)) {
      return changed.get(key);
    }
    byte[] value = beneath.get(key.bytes());
    return value == null ? null : IdCodec.decode(value);
  }

  /** The ledger stands under the empty id, which no event has. */
  private static StoreKey key(byte[] recordKey, String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    var key = new VarOutput(recordKey.length + utf8.length + 3);
    key.writeByte(StoreKeys.ID).write(recordKey);
    for (byte b : utf8) {
      key.writeByte(b);
    }
    return new StoreKey(key.toBytes());
  }
}
