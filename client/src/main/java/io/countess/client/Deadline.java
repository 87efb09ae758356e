package io.countess.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that a call has, from when it was made: connection, network, body and all attempts
 * together. Belongs to one call.
 */
final class Deadline {
  /** The most that an answer is given for its way. */
  private static final Duration MAX_ON_THE_WAY = Duration.ofMillis(100);

  private static final Duration LEAST = Duration.ofMillis(1);

  private final Duration whole;
  private long endNanos;

  private Deadline(Duration whole) {
    this.whole = whole;
    this.endNanos = System.nanoTime() + whole.toNanos();
  }

  /** One that ends after {@code whole}. */
  static Deadline in(Duration whole) {
    return new Deadline(whole);
  }

  /** All the time that there was. */
  Duration whole() {
    return whole;
  }

  /** What is left of it; at least nothing. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
  }

  /**
   * How much of {@code time} a server may take. It says then what it knows of the request, and the
   * rest is for that answer's way: a quarter, at most 100 ms.
   */
  static Duration forServer(Duration time) {
    Duration quarter = time.dividedBy(4);
    Duration way = quarter.compareTo(MAX_ON_THE_WAY) < 0 ? quarter : MAX_ON_THE_WAY;
    Duration rest = Duration.ofMillis(time.minus(way).toMillis());
    return rest.compareTo(LEAST) < 0 ? LEAST : rest;
  }

  /** How much of what is left a server may take. */
  Duration forServer() {
    return forServer(left());
  }

  /**
   * Asks the caller for something in between. That takes the time that it takes, and none of this.
   */
  long apart(LongSupplier callersOwn) {
    long start = System.nanoTime();
    try {
      return callersOwn.getAsLong();
    } finally {
      endNanos += System.nanoTime() - start;
    }
  }
}
