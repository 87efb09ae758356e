package io.countess.topology;

import io.countess.count.Counting;
import io.countess.count.Folded;
import io.countess.count.State;
import io.countess.state.Namespace;
import io.countess.state.PartitionState;
import io.countess.state.PolicyInForce;
import io.countess.state.Row;

/**
 * A counter as a record finds it.
 *
 * @param key its canonical record key
 * @param policy of its namespace
 * @param row null where it has none
 * @param before its state under that policy, null where it does not exist
 */
record Counter(byte[] key, Namespace namespace, PolicyInForce policy, Row row, State before) {
  /** Looks it up; null where the partition holds as many namespaces as it can. */
  static Counter load(PartitionState state, byte[] key, int separator) {
    Namespace namespace = state.namespace(key, separator);
    if (namespace == null) {
      return null;
    }
    PolicyInForce policy = namespace.policy();
    Row row = state.row(key);
    State before = row == null ? null : row.stateIn(policy.epoch());
    return new Counter(key, namespace, policy, row, policy.counting().adopt(before));
  }

  Counting counting() {
    return policy.counting();
  }

  /** Takes over what an event led to. */
  void apply(PartitionState state, Folded folded) {
    if (folded.after() != before) {
      state.apply(key, row, namespace, before, folded);
    }
  }
}
