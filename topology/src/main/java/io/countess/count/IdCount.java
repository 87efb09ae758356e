package io.countess.count;

import java.time.Duration;

/**
 * How many ids a counter remembers, by when it forgets them: as coarsely as it keeps the ends of
 * puts, so in a bounded space.
 *
 * @param ends null where none is remembered
 */
public record IdCount(ExpiringState ends) {
  /** No ids. */
  public static final IdCount NONE = new IdCount(null);

  /** When an id is forgotten that is remembered at {@code atMillis}: never early. */
  public static long end(long atMillis, Duration dedupe) {
    long millis = dedupe.toMillis();
    return Resolution.end(atMillis, millis, Resolution.of(millis));
  }

  /** One more, which is forgotten at {@code endMillis}. */
  public IdCount and(long atMillis, long endMillis) {
    return new IdCount(ExpiringState.add(ends, atMillis, endMillis, 1));
  }

  /** How many are remembered at an instant. */
  public long liveAt(long millis) {
    return ends == null ? 0 : ends.countAt(millis);
  }

  /** When there are at most {@code most}, if no others come. */
  public long whenAtMost(long most, long fromMillis) {
    return ends == null ? fromMillis : ends.whenAtMost(most, fromMillis);
  }

  /** When the last is forgotten, or 0. */
  public long lastEndMillis() {
    return ends == null ? 0 : ends.lastEndMillis();
  }
}
