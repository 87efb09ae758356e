package io.countess.state;

import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.Optional;

/**
 * A change of a namespace's policy, or of the default policy.
 *
 * @param version that the policy has since; the offset of the change in its home partition
 * @param atMillis when it was made
 * @param policy empty where the namespace went back to the default policy
 */
public record PolicyChange(
    long version, long atMillis, Optional<Policy> policy, OnChange onChange) {}
