package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.List;
import java.util.Optional;

/**
 * The last changes of a namespace's policy, or of the default policy, newest first.
 *
 * @param namespace empty for the default policy
 * @param changes at most 20
 */
public record PolicyChanges(Optional<ByteString> namespace, List<Change> changes) {
  /**
   * One change.
   *
   * @param version that the policy had since
   * @param atMillis when it was made
   * @param policy empty where the namespace went back to the default policy
   */
  public record Change(long version, long atMillis, Optional<Policy> policy, OnChange onChange) {}
}
