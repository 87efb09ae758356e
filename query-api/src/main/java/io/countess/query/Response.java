package io.countess.query;

import io.countess.answer.Denial;
import io.countess.event.Decision;
import io.countess.event.Position;
import java.time.Duration;
import java.util.SortedSet;

/** What can become of a command. */
public sealed interface Response {
  /**
   * What a door makes of each response. None can be forgotten.
   *
   * @param <R> what it is made into
   */
  interface Cases<R> {
    R decided(Decided it);

    R logged(Logged it);

    R invalid(Invalid it);

    R notSent(NotSent it);

    R elsewhere(Elsewhere it);

    R unconfirmed(Unconfirmed it);

    R fateUnknown(FateUnknown it);

    R forbidden(Forbidden it);
  }

  /** What {@code cases} makes of this response. */
  <R> R match(Cases<R> cases);

  /** The fold decided it, whatever it decided. */
  record Decided(Decision decision) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.decided(this);
    }
  }

  /** The log has it; that is all the sender waited for. */
  record Logged(Position position) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.logged(this);
    }
  }

  /** It breaks a rule of the log, and was not sent. */
  record Invalid(String field, String rule) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.invalid(this);
    }
  }

  /** It was not sent: the service is overloaded or not ready. Sending it again is safe. */
  record NotSent(String reason, Duration retryAfter) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notSent(this);
    }
  }

  /** The instance that was asked does not hold the partition now, so nothing was sent. */
  record Elsewhere(int partition, String owner) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.elsewhere(this);
    }
  }

  /**
   * A policy change that is in the log and accepted, so in force in its home partition; others had
   * not confirmed in time that they have applied it, as they will. Sending it again is safe.
   *
   * @param partitions those others
   */
  record Unconfirmed(Decision decision, SortedSet<Integer> partitions) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unconfirmed(this);
    }
  }

  /** It may or may not be in the log. */
  record FateUnknown(String reason) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fateUnknown(this);
    }
  }

  /** The key of who commands does not allow it, so nothing was sent. */
  record Forbidden(Denial denial) implements Response {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.forbidden(this);
    }
  }
}
