package io.countess.client;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a put would lead to now; nothing was changed.
 *
 * @param counted the count as it is
 * @param wouldAccept whether it would be accepted
 * @param reason why not; empty where it would be
 * @param retryAfterMillis after how long it would be if nothing else comes, only where waiting
 *     helps
 */
public record Peeked(
    Counted counted, boolean wouldAccept, Optional<String> reason, OptionalLong retryAfterMillis) {}
