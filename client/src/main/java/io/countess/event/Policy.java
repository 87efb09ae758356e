package io.countess.event;

import java.time.Duration;
import java.util.OptionalLong;

/** How a namespace counts: its kind, the kind's parameters, and its limit. */
public sealed interface Policy permits Policy.Expiring, Policy.Leaky, Policy.Total {
  /** The longest time to live. */
  Duration MAX_TTL = Duration.ofDays(400);

  /** What a namespace without a policy counts by, unless the server was told otherwise. */
  Policy DEFAULT = new Expiring(Duration.ofSeconds(60), OptionalLong.empty());

  /** The kind's name on the wire. */
  String kind();

  /** The most that the count may be after a put, if there is a limit. */
  OptionalLong limit();

  /**
   * Counts the puts that have not ended yet.
   *
   * @param ttl how long a put counts unless it says otherwise; at most {@link #MAX_TTL}
   * @param limit at least 0
   */
  record Expiring(Duration ttl, OptionalLong limit) implements Policy {
    /** Checks the ranges. */
    public Expiring {
      requireTtl(ttl);
      requireNotNegative("limit", limit);
    }

    @Override
    public String kind() {
      return "expiring";
    }
  }

  /**
   * A leaky bucket: its level rises by n at a put and drains continuously.
   *
   * @param rate how fast it drains
   * @param capacity the highest level, at least 0; none means that it never refuses
   */
  record Leaky(Rate rate, OptionalLong capacity) implements Policy {
    /** Checks the ranges. */
    public Leaky {
      requireNotNegative("capacity", capacity);
      long periodMillis = rate.period().toMillis();
      if (capacity.isPresent() && capacity.getAsLong() > Long.MAX_VALUE / periodMillis) {
        throw new InvalidInputException(
            "capacity",
            "is %d; with a rate of %s it may be at most %d"
                .formatted(capacity.getAsLong(), rate, Long.MAX_VALUE / periodMillis));
      }
    }

    @Override
    public String kind() {
      return "leaky";
    }

    @Override
    public OptionalLong limit() {
      return capacity;
    }
  }

  /**
   * A running sum.
   *
   * @param initial where a counter starts
   * @param min the least value, if any; 0 where there is a limit and this is absent
   * @param max the greatest value, if any
   * @param maxDelta the most that one put may add or take, at least 1, if any
   * @param limit the most that the value may be after a put, if any
   */
  record Total(
      long initial, OptionalLong min, OptionalLong max, OptionalLong maxDelta, OptionalLong limit)
      implements Policy {
    /** Checks the ranges. */
    public Total {
      requireNotNegative("limit", limit);
      if (maxDelta.isPresent() && maxDelta.getAsLong() < 1) {
        throw new InvalidInputException(
            "maxDelta", "is " + maxDelta.getAsLong() + "; it must be at least 1");
      }
      if (lowest(min, limit) > highest(max, limit)) {
        throw new InvalidInputException(
            "min",
            "is %d; it must not be above %d, the greatest value allowed"
                .formatted(lowest(min, limit), highest(max, limit)));
      }
      if (initial < lowest(min, limit) || initial > highest(max, limit)) {
        throw new InvalidInputException(
            "initial",
            "is %d; it must be from %d to %d"
                .formatted(initial, lowest(min, limit), highest(max, limit)));
      }
    }

    /** A running sum from 0 without bounds. */
    public static Total unbounded() {
      var none = OptionalLong.empty();
      return new Total(0, none, none, none, none);
    }

    /** The least value that is allowed. */
    public long lowest() {
      return lowest(min, limit);
    }

    /** The greatest value that is allowed. */
    public long highest() {
      return highest(max, limit);
    }

    @Override
    public String kind() {
      return "total";
    }

    private static long lowest(OptionalLong min, OptionalLong limit) {
      return min.orElse(limit.isPresent() ? 0 : Long.MIN_VALUE);
    }

    private static long highest(OptionalLong max, OptionalLong limit) {
      return Math.min(max.orElse(Long.MAX_VALUE), limit.orElse(Long.MAX_VALUE));
    }
  }

  /**
   * Checks a time to live.
   *
   * @throws InvalidInputException where it is not longer than zero, or longer than {@link #MAX_TTL}
   */
  static Duration requireTtl(Duration ttl) {
    Durations.requirePositiveMillis("ttl", ttl);
    if (ttl.compareTo(MAX_TTL) > 0) {
      throw new InvalidInputException("ttl", "is " + ttl + "; it may be at most 400d");
    }
    return ttl;
  }

  private static void requireNotNegative(String field, OptionalLong value) {
    if (value.isPresent() && value.getAsLong() < 0) {
      throw new InvalidInputException(
          field, "is " + value.getAsLong() + "; it must not be negative");
    }
  }
}
