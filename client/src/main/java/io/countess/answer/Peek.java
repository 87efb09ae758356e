package io.countess.answer;

import io.countess.event.Amount;
import java.util.Optional;
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
 */
public record Peek(
    Count count,
    Amount n,
    boolean wouldAccept,
    Optional<String> reason,
    OptionalLong retryAfterMillis) {}
