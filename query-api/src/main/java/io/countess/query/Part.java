package io.countess.query;

import java.util.Set;

/**
 * What some of the partitions answered.
 *
 * @param <A> what answers the question
 */
public record Part<A>(Set<Integer> partitions, A value) {}
