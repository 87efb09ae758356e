package io.countess.answer;

import io.countess.event.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * Counters of a namespace that have policies or plans of their own, in key order.
 *
 * @param next where the next page starts; empty at the end
 */
public record CounterPolicyPage(List<Entry> policies, Optional<Cursor> next) {
  /** Copies the list. */
  public CounterPolicyPage {
    policies = List.copyOf(policies);
  }

  /**
   * A counter with a policy or a plan of its own.
   *
   * @param change that gave it
   */
  public record Entry(ByteString key, PolicyHistory.Change change) {}
}
