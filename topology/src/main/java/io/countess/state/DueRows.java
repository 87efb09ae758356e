package io.countess.state;

import io.countess.count.State;
import io.countess.count.ValueState;
import io.countess.event.RecordKey;

/**
 * Removes rows that are dead, as the expiry indexes come to them: of counters, windows, ids and
 * journals.
 */
final class DueRows {
  private final CounterRows rows;
  private final EndedWindows ended;
  private final AgedRows aged;
  private final Namespaces namespaces;
  private final Lapses lapses;

  DueRows(
      CounterRows rows, EndedWindows ended, AgedRows aged, Namespaces namespaces, Lapses lapses) {
    this.rows = rows;
    this.ended = ended;
    this.aged = aged;
    this.namespaces = namespaces;
    this.lapses = lapses;
  }

  /** Takes note that the row of a counter has come to another state than {@code before}. */
  void arm(Namespace namespace, Row row, State before) {
    State after = row.state();
    if (row.armedSeconds == 0 && after.deadAtMillis() != State.NEVER) {
      byte[] recordKey = StoreKeys.withoutKind(row.storeKey);
      long until = ended.untilMillis(namespace, recordKey, after);
      row.armedSeconds = rows.expiry().arm(row.storeKey, until, after.atMillis());
    } else if (after instanceof ValueState value && before != null) {
      endsSooner(namespace, row, before.deadAtMillis(), value);
    }
  }

  /** Values alone can be given an end that is sooner than the one they had. */
  private void endsSooner(Namespace namespace, Row row, long beforeMillis, ValueState value) {
    long end = value.deadAtMillis();
    if (end >= beforeMillis) {
      return;
    }
    namespaces.mayLeaveEarlier(namespace);
    if (end / 1000 + 1 < Integer.toUnsignedLong(row.armedSeconds)) {
      row.armedSeconds = rows.expiry().arm(row.storeKey, end, value.atMillis());
    }
  }

  /** Whether some wait to be looked at, at the floor. */
  boolean areThere(Checkpoint checkpoint) {
    long floorSeconds = checkpoint.floorMillis() / 1000;
    return rows.expiry().isDue(floorSeconds)
        || ended.expiry().isDue(floorSeconds)
        || aged.areDue(checkpoint);
  }

  /** Whether some wait that were due so long ago, since no record has let time pass. */
  boolean areOverdue(Checkpoint checkpoint, PartitionClock clock, long forMillis) {
    long floorMillis = checkpoint.floorMillis();
    long since = clock.nowMillis() - forMillis;
    return rows.expiry().isOverdue(floorMillis, since)
        || ended.expiry().isOverdue(floorMillis, since)
        || aged.areOverdue(checkpoint, clock, forMillis);
  }

  /**
   * Removes the rows of one block of an index that are dead, and arms the others again.
   *
   * @return how many entries were in it
   */
  int expire(Checkpoint checkpoint) {
    if (aged.areDue(checkpoint)) {
      return aged.expire(checkpoint);
    }
    long floorMillis = checkpoint.floorMillis();
    long floorSeconds = floorMillis / 1000;
    return ended.expiry().isDue(floorSeconds)
        ? ended
            .expiry()
            .fire(floorSeconds, (key, due) -> ended.expire(namespace(key), key, due, floorMillis))
        : rows.expiry().fire(floorSeconds, (key, due) -> expire(key, due, checkpoint));
  }

  private void expire(byte[] recordKey, int due, Checkpoint checkpoint) {
    long floorMillis = checkpoint.floorMillis();
    Row row = rows.load(recordKey);
    if (row == null || row.state() == null || row.armedSeconds != due) {
      return;
    }
    Namespace namespace = namespace(recordKey);
    boolean current = namespace != null && namespace.policy().epoch() == row.epoch();
    State state = row.state();
    long until = current ? ended.untilMillis(namespace, recordKey, state) : 0;
    if (until > floorMillis) {
      row.armedSeconds = rows.expiry().arm(row.storeKey, until, floorMillis);
      rows.change(row, state, row.epoch());
      return;
    }
    lapses.remove(namespace, row, checkpoint);
  }

  private Namespace namespace(byte[] recordKey) {
    return namespaces.find(recordKey, RecordKey.separator(recordKey));
  }
}
