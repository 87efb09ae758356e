package io.countess.event;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a command led to.
 *
 * @param reason why it was not accepted, naming the field or bound; empty where it was
 * @param count the count after it, at {@code atMillis}; empty for policy changes
 * @param limit the most that the count may be
 * @param retryAfterMillis after how long the same put would be accepted if nothing else comes, only
 *     where waiting helps
 * @param atMillis the instant of decision, in milliseconds since the epoch
 * @param position where the command stands in the log
 */
public record Decision(
    Outcome outcome,
    Optional<String> reason,
    OptionalLong count,
    OptionalLong limit,
    OptionalLong retryAfterMillis,
    long atMillis,
    Optional<Position> position) {

  /** How much may still be added, where there is a limit. */
  public OptionalLong remaining() {
    return limit.isPresent() && count.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - count.getAsLong()))
        : OptionalLong.empty();
  }

  /** The same decision with its place in the log. */
  public Decision at(Position where) {
    return new Decision(
        outcome, reason, count, limit, retryAfterMillis, atMillis, Optional.of(where));
  }
}
