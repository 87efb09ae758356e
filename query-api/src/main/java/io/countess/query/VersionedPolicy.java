package io.countess.query;

import io.countess.event.Policy;
import java.util.OptionalLong;

/**
 * A policy that is in force.
 *
 * @param version higher is later; empty where it was never set
 */
public record VersionedPolicy(Policy policy, OptionalLong version) {}
