package io.countess.state;

import io.countess.count.Counting;
import io.countess.event.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a namespace counts now.
 *
 * @param counting the arithmetic of its policy
 * @param plans the same of its policy's plans, by name
 * @param version of its own policy; empty where it has none and the default is in force
 * @param epoch its rows have this epoch; others are left over from before a reset
 */
public record PolicyInForce(
    Counting counting, Map<String, Counting> plans, OptionalLong version, long epoch) {
  /** Makes the plans of the policy ready too. */
  public PolicyInForce(Counting counting, OptionalLong version, long epoch) {
    this(counting, plans(counting.policy()), version, epoch);
  }

  /** The policy that it is. */
  public Policy policy() {
    return counting.policy();
  }

  /** The same policy under another version, in another epoch. */
  public PolicyInForce as(OptionalLong otherVersion, long otherEpoch) {
    return new PolicyInForce(counting, plans, otherVersion, otherEpoch);
  }

  private static Map<String, Counting> plans(Policy policy) {
    Map<String, Counting> ready = new HashMap<>();
    policy.terms().plans().forEach((name, plan) -> ready.put(name, Counting.of(plan)));
    return Map.copyOf(ready);
  }
}
