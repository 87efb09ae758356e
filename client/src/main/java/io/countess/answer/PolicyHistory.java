package io.countess.answer;

import io.countess.event.ByteString;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.List;
import java.util.Optional;

/**
 * How the policy of a namespace changed, of a counter, or the default policy.
 *
 * @param namespace empty for the default policy
 * @param key of the counter; empty for a namespace and the default policy
 * @param changes newest first, at most 20
 */
public record PolicyHistory(
    Optional<ByteString> namespace, Optional<ByteString> key, List<Change> changes) {
  /** That of a namespace, or of the default policy. */
  public PolicyHistory(Optional<ByteString> namespace, List<Change> changes) {
    this(namespace, Optional.empty(), changes);
  }

  /** Copies the list. */
  public PolicyHistory {
    changes = List.copyOf(changes);
  }

  /**
   * A change.
   *
   * @param version of the policy since then: the offset of the change in its home partition
   * @param atMillis when, in milliseconds since the epoch
   * @param policy empty where it went back to the default policy or to that of the namespace, or to
   *     a plan of that
   * @param plan that a counter was given, if it was
   */
  public record Change(
      long version,
      long atMillis,
      Optional<Policy> policy,
      Optional<String> plan,
      OnChange onChange) {
    /** A change that is not to a plan. */
    public Change(long version, long atMillis, Optional<Policy> policy, OnChange onChange) {
      this(version, atMillis, policy, Optional.empty(), onChange);
    }

    /** Whether nothing of its own is left after it. */
    public boolean isDrop() {
      return policy.isEmpty() && plan.isEmpty();
    }
  }
}
