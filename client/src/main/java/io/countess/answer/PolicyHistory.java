package io.countess.answer;

import io.countess.event.ByteString;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.List;
import java.util.Optional;

/**
 * How the policy of a namespace changed, or the default policy.
 *
 * @param namespace empty for the default policy
 * @param changes newest first, at most 20
 */
public record PolicyHistory(Optional<ByteString> namespace, List<Change> changes) {
  /** Copies the list. */
  public PolicyHistory {
    changes = List.copyOf(changes);
  }

  /**
   * A change.
   *
   * @param version of the policy since then: the offset of the change in its home partition
   * @param atMillis when, in milliseconds since the epoch
   * @param policy empty where the namespace went back to the default policy
   */
  public record Change(long version, long atMillis, Optional<Policy> policy, OnChange onChange) {}
}
