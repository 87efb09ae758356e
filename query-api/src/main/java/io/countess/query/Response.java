package io.countess.query;

import io.countess.event.Decision;
import io.countess.event.Position;
import java.time.Duration;
import java.util.SortedSet;

/** What can become of a command. */
public sealed interface Response {
  /** The fold decided it, whatever it decided. */
  record Decided(Decision decision) implements Response {}

  /** The log has it; that is all the sender waited for. */
  record Logged(Position position) implements Response {}

  /** It breaks a rule of the log, and was not sent. */
  record Invalid(String field, String rule) implements Response {}

  /** It was not sent: the service is overloaded or not ready. Sending it again is safe. */
  record NotSent(String reason, Duration retryAfter) implements Response {}

  /** Another instance holds the partition, so nothing was sent. */
  record Elsewhere(int partition, String owner) implements Response {}

  /**
   * A policy change that is in the log and accepted, so in force in its home partition; others had
   * not confirmed in time that they have applied it, as they will. Sending it again is safe.
   *
   * @param partitions those others
   */
  record Unconfirmed(Decision decision, SortedSet<Integer> partitions) implements Response {}

  /** It may or may not be in the log. */
  record FateUnknown(String reason) implements Response {}
}
