package io.countess.query;

import io.countess.event.Position;
import java.time.Duration;

/**
 * What can become of a question.
 *
 * @param <A> what answers it
 */
public sealed interface Answer<A> {
  /**
   * The answer.
   *
   * @param position what the state that answered had folded
   */
  record Found<A>(A value, Position position) implements Answer<A> {}

  /** The question breaks a rule, for example an instant before the counter's last one. */
  record Invalid<A>(String field, String rule) implements Answer<A> {}

  /** Nobody can answer now; asking again later can help. */
  record NotReady<A>(String reason, Duration retryAfter) implements Answer<A> {}

  /**
   * Another instance holds the partition.
   *
   * @param owner its address as {@code host:port}, or {@code unknown}
   */
  record Elsewhere<A>(int partition, String owner) implements Answer<A> {}

  /** The state did not include the position demanded in time. */
  record Behind<A>(Position demanded, Position has) implements Answer<A> {}
}
