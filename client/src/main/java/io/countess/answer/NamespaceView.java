package io.countess.answer;

import io.countess.event.ByteString;

/**
 * A namespace.
 *
 * @param policy what it counts by; without a version where that is the default policy
 */
public record NamespaceView(
    ByteString namespace, VersionedPolicy policy, Totals totals, long atMillis) {}
