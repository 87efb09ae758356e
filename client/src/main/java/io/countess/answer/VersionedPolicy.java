package io.countess.answer;

import io.countess.event.Event;
import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * A policy that is in force.
 *
 * @param version higher is later; empty where it was never set
 */
public record VersionedPolicy(Policy policy, OptionalLong version) {
  /** What a change of a policy expects if this is still to be in force then. */
  public long expected() {
    return version.orElse(Event.ChangePolicy.NO_VERSION);
  }
}
