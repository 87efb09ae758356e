package io.countess.state;

import io.countess.count.Counting;
import io.countess.count.State;
import java.util.OptionalLong;

/**
 * What a counter has of its own to count by.
 *
 * @param own its policy; null where it has a plan, or nothing
 * @param plan the name of its plan; null where it has a policy, or nothing
 * @param changedAt the offset of the last change; -1 where there was none
 */
public record OwnPolicy(Counting own, String plan, long changedAt) {
  /** Nothing, and never anything else. */
  static final OwnPolicy NONE = new OwnPolicy(null, null, -1);

  /** Whether it counts by the policy of its namespace. */
  public boolean isNone() {
    return own == null && plan == null;
  }

  /** Whether its counter has it only for as long as that counts something. */
  public boolean lapses() {
    return own != null && own.policy().terms().lapses();
  }

  /**
   * Whether it is as good as gone.
   *
   * @param state of its counter in the epoch of its namespace, or null
   */
  boolean isOver(State state, long atMillis) {
    return lapses() && (state == null || state.deadAtMillis() <= atMillis);
  }

  /** The version of what it has; empty where that is nothing. */
  public OptionalLong version() {
    return isNone() ? OptionalLong.empty() : OptionalLong.of(changedAt);
  }

  /**
   * What it counts by in a namespace. A plan that the namespace's policy does not name is like
   * none.
   */
  public Counting under(PolicyInForce namespace) {
    if (own != null) {
      return own;
    }
    Counting byPlan = plan == null ? null : namespace.plans().get(plan);
    return byPlan != null ? byPlan : namespace.counting();
  }

  /**
   * Windows that ended by this instant are not kept any more in a namespace, whatever it counts by
   * now. Where the policy is its own, they have been removed when that changed.
   */
  public long keptFrom(PolicyInForce namespace) {
    return own != null ? 0 : namespace.keptFrom(plan == null ? "" : plan);
  }
}
