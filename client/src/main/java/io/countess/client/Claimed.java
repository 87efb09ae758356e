package io.countess.client;

import io.countess.event.Decision;
import io.countess.event.Outcome;

/**
 * What became of a claim.
 *
 * @param id under which it can be released while the policy's {@code dedupe} lasts
 */
public record Claimed(String id, Decision decision) {
  /** Whether all of it was granted. */
  public boolean isGranted() {
    return decision.outcome() == Outcome.ACCEPTED;
  }
}
