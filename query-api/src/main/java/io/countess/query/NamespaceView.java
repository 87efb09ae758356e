package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * A namespace.
 *
 * @param policy what it counts by
 * @param version of the policy: higher is later; empty where the default policy is in force
 */
public record NamespaceView(
    ByteString namespace, Policy policy, OptionalLong version, Totals totals, long atMillis) {}
