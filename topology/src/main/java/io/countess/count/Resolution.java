package io.countess.count;

/**
 * How finely the ends of puts are kept. It is 10 ms for a time to live under 2 s, else the least
 * power of two times 1 s that is at least ttl/256. So a counter whose puts all live equally long
 * never holds more than 257 different ends, and no put ends early.
 */
final class Resolution {
  private static final long FINE_BELOW_MILLIS = 2000;
  private static final long FINE_MILLIS = 10;

  private Resolution() {}

  /** The resolution of a time to live, both in milliseconds. */
  static long of(long ttlMillis) {
    if (ttlMillis < FINE_BELOW_MILLIS) {
      return FINE_MILLIS;
    }
    long resolution = 1000;
    while (resolution * 256 < ttlMillis) {
      resolution *= 2;
    }
    return resolution;
  }

  /** When a put ends that happens at {@code atMillis}, 0 or later. */
  static long end(long atMillis, long ttlMillis, long resolutionMillis) {
    return (atMillis + ttlMillis + resolutionMillis - 1) / resolutionMillis * resolutionMillis;
  }
}
