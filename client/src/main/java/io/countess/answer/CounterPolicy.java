package io.countess.answer;

import io.countess.event.CounterName;
import java.util.Optional;

/**
 * What a counter counts by.
 *
 * @param policy in force, also where a plan or the namespace gives it. It has a version where the
 *     counter has a policy or a plan of its own
 * @param plan the counter's plan; empty where it has none
 */
public record CounterPolicy(CounterName counter, VersionedPolicy policy, Optional<String> plan) {}
