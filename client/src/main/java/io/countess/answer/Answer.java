package io.countess.answer;

import io.countess.event.Position;
import java.time.Duration;

/**
 * What can become of a question.
 *
 * @param <A> what answers it
 */
public sealed interface Answer<A> {
  /**
   * What a door makes of each answer. None can be forgotten.
   *
   * @param <A> what answers the question
   * @param <R> what it is made into
   */
  interface Cases<A, R> {
    R found(Found<A> it);

    R invalid(Invalid<A> it);

    R notReady(NotReady<A> it);

    R elsewhere(Elsewhere<A> it);

    R behind(Behind<A> it);

    R forbidden(Forbidden<A> it);
  }

  /** What {@code cases} makes of this answer. */
  <R> R match(Cases<A, R> cases);

  /**
   * The answer.
   *
   * @param position what the state that answered had folded
   * @param coverage what the answer leaves out, or has from a standby
   */
  record Found<A>(A value, Position position, Coverage coverage) implements Answer<A> {
    /** An answer that leaves nothing out and is up to date. */
    public Found(A value, Position position) {
      this(value, position, Coverage.FULL);
    }

    @Override
    public <R> R match(Cases<A, R> cases) {
      return cases.found(this);
    }
  }

  /** The question breaks a rule, for example an instant before the counter's last one. */
  record Invalid<A>(String field, String rule) implements Answer<A> {
    @Override
    public <R> R match(Cases<A, R> cases) {
      return cases.invalid(this);
    }
  }

  /** Nobody can answer now; asking again later can help. */
  record NotReady<A>(String reason, Duration retryAfter) implements Answer<A> {
    @Override
    public <R> R match(Cases<A, R> cases) {
      return cases.notReady(this);
    }
  }

  /**
   * The instance that was asked does not hold the partition now.
   *
   * @param owner the address of the one that does as {@code host:port}, or {@link #UNKNOWN}
   */
  record Elsewhere<A>(int partition, String owner) implements Answer<A> {
    /** The owner of a partition that is on its way from one instance to another. */
    public static final String UNKNOWN = "unknown";

    @Override
    public <R> R match(Cases<A, R> cases) {
      return cases.elsewhere(this);
    }
  }

  /** The state did not include the position demanded in time. */
  record Behind<A>(Position demanded, Position has) implements Answer<A> {
    @Override
    public <R> R match(Cases<A, R> cases) {
      return cases.behind(this);
    }
  }

  /** The key of who asks does not allow it. */
  record Forbidden<A>(Denial denial) implements Answer<A> {
    @Override
    public <R> R match(Cases<A, R> cases) {
      return cases.forbidden(this);
    }
  }
}
