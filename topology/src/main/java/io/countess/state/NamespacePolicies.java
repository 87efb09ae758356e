package io.countess.state;

import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.ByteString;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Gives namespaces policies, with what follows for their counters and totals. */
public final class NamespacePolicies {
  private final Namespaces namespaces;
  private final OwnPolicies counters;
  private final CounterRows rows;
  private final Tally everything;
  private final LongSupplier floor;

  /**
   * @param floor no decision is made at an earlier instant
   */
  NamespacePolicies(
      Namespaces namespaces,
      OwnPolicies counters,
      CounterRows rows,
      Tally everything,
      LongSupplier floor) {
    this.floor = floor;
    this.namespaces = namespaces;
    this.counters = counters;
    this.rows = rows;
    this.everything = everything;
  }

  /** The default policy. */
  public PolicyInForce defaults() {
    return namespaces.defaults();
  }

  /**
   * Gives a namespace a policy.
   *
   * @param next its version is that of its own policy; empty where it is the default one. Its epoch
   *     does not matter
   * @param resetEpoch where its counters start again: a number that no epoch in this partition had
   */
  public void set(Namespace namespace, PolicyInForce next, OptionalLong resetEpoch) {
    PolicyInForce before = namespace.policy();
    long floorMillis = floor.getAsLong();
    if (resetEpoch.isPresent()) {
      everything.subtract(namespace.tally());
      namespace.tally().clear();
      namespace.drainedAtMillis = 0;
      namespace.sweptTo = new byte[0];
    } else if (!before.policy().kind().equals(next.policy().kind())
        && !next.counting().keepsSums()) {
      // Counters go on, but add nothing to totals any more.
      everything.subtractSums(namespace.tally());
      namespace.tally().clearSums();
      sumCountersWithOwn(namespace);
    } else if (next.keepsLessThan(before, floorMillis)) {
      namespace.sweptTo = new byte[0];
    }
    PolicyInForce now =
        resetEpoch.isPresent() ? next.keptFrom(Map.of()) : next.replacing(before, floorMillis);
    namespace.policy(now.as(next.version(), resetEpoch.orElse(before.epoch())));
    namespaces.changed(namespace);
    namespaces.mayLeaveEarlier(namespace);
  }

  /** Counters with policies of their own keep their kinds, and what they add to totals. */
  private void sumCountersWithOwn(Namespace namespace) {
    if (!namespace.hasOwnPolicies()) {
      return;
    }
    long epoch = namespace.policy().epoch();
    byte[] encodedName = namespace.encodedName();
    counters.scan(
        encodedName,
        ByteString.EMPTY,
        (key, newest) -> {
          Row row = rows.load(RecordKeys.of(encodedName, key));
          State state = row == null ? null : row.stateIn(epoch);
          boolean isThere = state != null && state.deadAtMillis() > floor.getAsLong();
          if (newest.policy().isPresent() && isThere) {
            namespace.tally().addSums(state);
            everything.addSums(state);
          }
          return true;
        });
  }

  /** Sets the default policy, for every namespace that has none of its own. */
  public void setDefaults(PolicyInForce next, OptionalLong resetEpoch) {
    long epoch = resetEpoch.orElse(namespaces.defaults().epoch());
    namespaces.defaults(next.as(next.version(), epoch));
    for (Namespace namespace : namespaces.all().values()) {
      if (namespace.policy().version().isEmpty()) {
        set(namespace, next.as(OptionalLong.empty(), 0), resetEpoch);
      }
    }
  }
}
