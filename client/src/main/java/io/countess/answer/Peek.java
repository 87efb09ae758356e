package io.countess.answer;

import io.countess.event.Amount;
import io.countess.event.Decision;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What would become of a put; nothing was changed.
 *
 * @param count the count as it is
 * @param n how much would be put
 * @param wouldAccept whether it would be accepted
 * @param reason why not, or why not if the policy did more than observe
 * @param retryAfterMillis after how long it would be accepted if nothing else comes, where waiting
 *     helps
 * @param refusedBy which of several limits would refuse it, as {@link Decision.Limits} has it
 */
public record Peek(
    Count count,
    Amount n,
    boolean wouldAccept,
    Optional<String> reason,
    OptionalLong retryAfterMillis,
    OptionalInt refusedBy) {
  /** What would become of a put to a counter that has not several limits. */
  public Peek(
      Count count,
      Amount n,
      boolean wouldAccept,
      Optional<String> reason,
      OptionalLong retryAfterMillis) {
    this(count, n, wouldAccept, reason, retryAfterMillis, OptionalInt.empty());
  }
}
