package io.countess.query;

import java.time.Duration;
import java.util.Set;

/**
 * The share of a question that falls to one instance: what it is to answer from its own partitions.
 *
 * @param <A> what answers the question
 * @param partitions those that it is asked of
 * @param nowMillis the instant to look at, by the clock of the instance that asks: the same in all
 *     shares of a question
 */
public record Share<A>(
    Question<A> question, Set<Integer> partitions, Demand demand, long nowMillis) {
  /** The same question to others, who have less time. */
  public Share<A> of(Set<Integer> others, Duration within) {
    return new Share<>(question, others, demand.in(within), nowMillis);
  }
}
