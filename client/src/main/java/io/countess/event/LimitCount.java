package io.countess.event;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a counter stands under one of several limits.
 *
 * @param moreAfterMillis after how long more than what remains of this limit may be added, as a
 *     {@link Decision} tells it
 * @param freeAfterMillis after how long this whole limit is free again if nothing else comes; empty
 *     where waiting does not help
 */
public record LimitCount(
    long count, long limit, OptionalLong moreAfterMillis, OptionalLong freeAfterMillis) {
  /** How much may still be added under this limit. */
  public long remaining() {
    return Decision.remaining(limit, count);
  }

  /** How much may still be added under all of them: what remains of the tightest. */
  public static OptionalLong remaining(List<LimitCount> limits) {
    return limits.stream().mapToLong(LimitCount::remaining).min();
  }

  /** The same, with waits that begin so many milliseconds earlier. */
  public LimitCount waiting(long aheadMillis) {
    return new LimitCount(
        count, limit, plus(moreAfterMillis, aheadMillis), plus(freeAfterMillis, aheadMillis));
  }

  private static OptionalLong plus(OptionalLong wait, long millis) {
    return wait.isPresent() ? OptionalLong.of(wait.getAsLong() + millis) : wait;
  }
}
