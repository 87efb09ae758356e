package io.countess.query;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What would become of a put.
 *
 * @param put the put
 * @param wouldAccept whether it would be accepted
 * @param reason why not, or why not if the policy did more than observe
 * @param retryAfterMillis after how long it would be accepted if nothing else comes, where waiting
 *     helps
 */
public record Peek(
    Event put, boolean wouldAccept, Optional<String> reason, OptionalLong retryAfterMillis) {
  static Peek of(Event put, Decision decision) {
    return new Peek(
        put,
        decision.outcome() == Outcome.ACCEPTED,
        decision.reason(),
        decision.retryAfterMillis());
  }
}
