package io.countess.state;

import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.RecordKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the rows of counters that count nothing more, and takes away the policies that counters
 * have only for as long as they count something. Whether such a policy has lapsed is decided by its
 * counter's state and the floor, and so by the log alone. When its row is removed is not, and does
 * not show.
 */
final class Lapses {
  private final OwnPolicies policies;
  private final CounterRows rows;
  private final Ids ids;
  private final Namespaces namespaces;
  private final Tally everything;

  /** Counters that the record which is being folded may leave without a count. */
  private final List<byte[]> touched = new ArrayList<>();

  Lapses(OwnPolicies policies, CounterRows rows, Ids ids, Namespaces namespaces, Tally everything) {
    this.policies = policies;
    this.rows = rows;
    this.ids = ids;
    this.namespaces = namespaces;
    this.everything = everything;
  }

  void drop() {
    touched.clear();
  }

  /** What a counter has of its own. Where that has lapsed it goes, with the dead count. */
  OwnPolicy policy(Namespace namespace, byte[] recordKey, Checkpoint checkpoint) {
    if (!namespace.hasOwnPolicies()) {
      return OwnPolicy.NONE;
    }
    OwnPolicy own = policies.of(recordKey);
    if (!own.lapses()) {
      return own;
    }
    Row row = rows.load(recordKey);
    State state = row == null ? null : row.stateIn(namespace.policy().epoch());
    if (!own.isOver(state, checkpoint.floorMillis())) {
      return own;
    }
    if (state != null) {
      remove(namespace, row, checkpoint);
    } else {
      take(namespace, recordKey, checkpoint);
    }
    return OwnPolicy.NONE;
  }

  /** Takes note that a counter may have nothing to count when its record has been folded. */
  void mayBeOver(byte[] recordKey) {
    touched.add(recordKey);
  }

  /** Looks at those when it has. */
  void afterRecord(Checkpoint checkpoint) {
    if (!touched.isEmpty()) {
      touched.forEach(key -> lookAt(key, checkpoint));
      touched.clear();
    }
  }

  private void lookAt(byte[] recordKey, Checkpoint checkpoint) {
    Namespace namespace = namespaces.find(recordKey, RecordKey.separator(recordKey));
    if (namespace != null) {
      policy(namespace, recordKey, checkpoint);
    }
  }

  /**
   * Removes the row of a counter that counts nothing more, and a policy that lapses with it.
   *
   * @param namespace null where it is gone too; then the counter had no such policy
   */
  void remove(Namespace namespace, Row row, Checkpoint checkpoint) {
    State state = row.state();
    if (namespace != null && namespace.policy().epoch() == row.epoch()) {
      namespace.tally().replaced(state, null);
      everything.replaced(state, null);
      namespaces.changed(namespace);
    }
    // First the count: a reader must not find it under the policy of the namespace.
    rows.change(row, null, row.epoch());
    if (namespace != null && namespace.lapses) {
      byte[] recordKey = StoreKeys.withoutKind(row.storeKey);
      if (policies.of(recordKey).lapses()) {
        take(namespace, recordKey, checkpoint);
      }
    }
  }

  /** Nothing is left of what was put before, also for those who come to release it. */
  private void take(Namespace namespace, byte[] recordKey, Checkpoint checkpoint) {
    ids.voided(recordKey, checkpoint.offset() + 1);
    policies.take(namespace, recordKey);
    namespaces.changed(namespace);
  }
}
