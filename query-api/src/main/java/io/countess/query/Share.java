package io.countess.query;

import java.time.Duration;
import java.util.Set;

/**
 * The share of a question that falls to one instance: what it is to answer from its own partitions.
 *
 * @param <A> what answers the question
 * @param partitions those that it is asked of
 * @param from what it may be answered from
 */
public record Share<A>(Question<A> question, Set<Integer> partitions, Demand demand, Source from) {
  /** Who answers for a partition. */
  public enum Source {
    /** The one who folds it. */
    OWNER,
    /** One who keeps a standby replica of it, which may be behind. */
    STANDBY
  }

  /** A share for those who fold the partitions. */
  public Share(Question<A> question, Set<Integer> partitions, Demand demand) {
    this(question, partitions, demand, Source.OWNER);
  }

  /** The same question to others, who have less time. */
  public Share<A> of(Set<Integer> others, Duration within) {
    return new Share<>(question, others, demand.in(within), from);
  }

  /** The same question about one partition, to one who keeps a standby replica of it. */
  public Share<A> ofStandby(int partition, Duration within) {
    return new Share<>(question, Set.of(partition), demand.in(within), Source.STANDBY);
  }
}
