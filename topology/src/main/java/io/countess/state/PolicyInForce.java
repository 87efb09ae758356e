package io.countess.state;

import io.countess.count.Counting;
import io.countess.count.Keeping;
import io.countess.event.Policy;
import io.countess.event.Terms;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How a namespace counts now.
 *
 * @param counting the arithmetic of its policy
 * @param plans the same of its policy's plans, by name
 * @param version of its own policy; empty where it has none and the default is in force
 * @param epoch its rows have this epoch; others are left over from before a reset
 * @param keptFrom windows that ended by then were kept no more under an earlier policy, and are not
 *     again: by the names of plans, under the empty name for counters without one
 */
public record PolicyInForce(
    Counting counting,
    Map<String, Counting> plans,
    OptionalLong version,
    long epoch,
    Map<String, Long> keptFrom) {
  private static final int MOST_INSTANTS = 3 * Terms.MOST_PLANS;

  /** Makes the plans of the policy ready too. */
  public PolicyInForce(Counting counting, OptionalLong version, long epoch) {
    this(counting, plans(counting.policy()), version, epoch, Map.of());
  }

  /** The policy that it is. */
  public Policy policy() {
    return counting.policy();
  }

  /** The same policy under another version, in another epoch. */
  public PolicyInForce as(OptionalLong otherVersion, long otherEpoch) {
    return new PolicyInForce(counting, plans, otherVersion, otherEpoch, keptFrom);
  }

  /** The same policy, after others by which windows have been kept no more. */
  PolicyInForce keptFrom(Map<String, Long> instants) {
    return new PolicyInForce(counting, plans, version, epoch, Map.copyOf(instants));
  }

  /**
   * Windows that ended by then were kept no more under an earlier policy.
   *
   * @param plan of a counter, also one that this policy does not name; empty where it has none
   */
  public long keptFrom(String plan) {
    Long known = keptFrom.get(plan);
    if (known != null) {
      return known;
    }
    return plans.containsKey(plan) ? 0 : keptFrom.getOrDefault("", 0L);
  }

  /**
   * The same policy, in place of {@code before}. What that one does not keep at the floor, this one
   * does not either, whatever it says. Counters whose plan a policy does not name are under it
   * itself.
   */
  PolicyInForce replacing(PolicyInForce before, long floorMillis) {
    Map<String, Long> instants = new HashMap<>();
    noteKept("", before, floorMillis, instants);
    var names = new TreeSet<>(plans.keySet());
    names.addAll(before.plans.keySet());
    names.addAll(before.keptFrom.keySet());
    names.remove("");
    names.forEach(name -> noteKept(name, before, floorMillis, instants));
    if (instants.size() > MOST_INSTANTS) {
      // Of plans that have long gone: what these have stopped to keep nobody keeps.
      long last = instants.values().stream().mapToLong(it -> it).max().getAsLong();
      instants.keySet().retainAll(plans.keySet());
      instants.put("", last);
    }
    return keptFrom(instants);
  }

  private void noteKept(
      String name, PolicyInForce before, long floorMillis, Map<String, Long> instants) {
    Keeping now = plans.getOrDefault(name, counting).keeping();
    Keeping then = before.plans.getOrDefault(name, before.counting).keeping();
    if (now == null || !now.keeps() || then == null) {
      return;
    }
    long from = Math.max(before.keptFrom(name), then.horizonMillis(floorMillis));
    boolean differs = !plans.containsKey(name) && instants.containsKey("");
    if (from > now.horizonMillis(floorMillis) || differs) {
      instants.put(name, from);
    }
  }

  /** Whether some of what {@code before} kept at the floor is not kept by this. */
  boolean keepsLessThan(PolicyInForce before, long floorMillis) {
    return keepsLess(counting.keeping(), before.counting.keeping(), floorMillis)
        || before.plans.entrySet().stream()
            .anyMatch(
                plan ->
                    keepsLess(
                        plans.getOrDefault(plan.getKey(), counting).keeping(),
                        plan.getValue().keeping(),
                        floorMillis));
  }

  private static boolean keepsLess(Keeping now, Keeping then, long floorMillis) {
    if (then == null || !then.keeps()) {
      return false;
    }
    return now == null || now.horizonMillis(floorMillis) > then.horizonMillis(floorMillis);
  }

  private static Map<String, Counting> plans(Policy policy) {
    Map<String, Counting> ready = new HashMap<>();
    policy.terms().plans().forEach((name, plan) -> ready.put(name, Counting.of(plan)));
    return Map.copyOf(ready);
  }
}
