package io.countess.query;

import io.countess.event.CounterName;
import java.util.OptionalLong;

/**
 * The count of a counter at an instant.
 *
 * @param limit the most that it may be, where there is a limit
 */
public record Count(CounterName counter, long count, OptionalLong limit, long atMillis) {
  /** How much may still be added, where there is a limit. */
  public OptionalLong remaining() {
    return limit.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - count))
        : OptionalLong.empty();
  }
}
