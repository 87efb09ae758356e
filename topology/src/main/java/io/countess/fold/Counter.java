package io.countess.fold;

import io.countess.count.Counting;
import io.countess.count.Folded;
import io.countess.count.State;
import io.countess.event.Event;
import io.countess.event.RecordKey;
import io.countess.state.Namespace;
import io.countess.state.PartitionState;
import io.countess.state.PolicyInForce;
import io.countess.state.Row;

/**
 * A counter as a record finds it.
 *
 * @param key its canonical record key
 * @param policy of its namespace
 * @param counting what it counts by: its own policy or plan, or that of its namespace
 * @param row null where it has none
 * @param before its state under that policy, null where it does not exist
 */
record Counter(
    byte[] key,
    Namespace namespace,
    PolicyInForce policy,
    Counting counting,
    Row row,
    State before) {
  /** Looks it up; null where the partition holds as many namespaces as it can. */
  static Counter load(PartitionState state, byte[] key, int separator) {
    Namespace namespace = state.namespace(key, separator);
    if (namespace == null) {
      return null;
    }
    PolicyInForce policy = namespace.policy();
    Row row = state.row(key);
    State before = row == null ? null : row.stateIn(policy.epoch());
    Counting counting =
        namespace.hasOwnPolicies() ? state.ownPolicies().of(key).under(policy) : policy.counting();
    return new Counter(key, namespace, policy, counting, row, counting.adopt(before));
  }

  /** The same counter, counted by something else from this state on. */
  Counter by(Counting other, State from) {
    return new Counter(key, namespace, policy, other, row, from);
  }

  /** The same, of a canonical record key. */
  static Counter load(PartitionState state, byte[] key) {
    return load(state, key, RecordKey.separator(key));
  }

  /** The instant at which a record is decided here. */
  long instant(PartitionState state, Incoming in) {
    return Counting.instant(before, in.atMillis(), state.checkpoint().floorMillis());
  }

  /**
   * The present, as far as a record tells it. Waits are counted from here, also where somebody's
   * clock has taken the counter's own instant ahead.
   */
  static long present(PartitionState state, Incoming in) {
    return Math.max(in.atMillis(), state.checkpoint().floorMillis());
  }

  /** Whether an event is for this kind of counter, however large its amount is. */
  boolean takes(Event event) {
    return counting().takes(event);
  }

  /** What has passed for ids when a record comes. */
  static long age(PartitionState state, Incoming in) {
    return state.checkpoint().ageAt(present(state, in));
  }

  /** What an event of a record leads to; nothing is changed by it. */
  Folded fold(PartitionState state, Event event, Incoming in) {
    return counting()
        .apply(before, event, in.atMillis(before), state.checkpoint().floorMillis())
        .freeing(counting())
        .waitingFrom(present(state, in));
  }

  /** Takes over what an event led to. */
  void apply(PartitionState state, Folded folded) {
    if (folded.after() != before) {
      state.apply(key, row, namespace, before, folded);
    }
  }
}
