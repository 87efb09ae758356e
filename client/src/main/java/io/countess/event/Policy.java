package io.countess.event;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How a namespace counts: its kind, the kind's parameters, and its limit. */
public sealed interface Policy
    permits Policy.Expiring,
        Policy.Leaky,
        Policy.Window,
        Policy.Total,
        Policy.Gauge,
        Policy.Value,
        Policy.Limits {
  /** The longest time to live. */
  Duration MAX_TTL = Duration.ofDays(400);

  /** The longest description, in UTF-16 units. */
  int MAX_DESCRIPTION = 1024;

  /** What a namespace without a policy counts by, unless the server was told otherwise. */
  Policy DEFAULT = new Expiring(Duration.ofSeconds(60), OptionalLong.empty());

  String kind();

  /** The most that the count may be after a put, if there is a limit in whole numbers. */
  OptionalLong limit();

  /** What policies of all kinds have. */
  Terms terms();

  /** The same policy on other terms. */
  Policy with(Terms other);

  /** Whether limits and bounds refuse puts. */
  enum Mode {
    /** They do. */
    ENFORCE,
    /** Puts that they would refuse are accepted, and reported. */
    OBSERVE
  }

  /**
   * Counts the puts that have not ended yet.
   *
   * @param ttl how long a put counts unless it says otherwise; at most {@link #MAX_TTL}
   * @param limit at least 0
   */
  record Expiring(Duration ttl, OptionalLong limit, Terms terms) implements Policy {
    public Expiring {
      terms.requireKind(Expiring.class);
      terms.requireNoJournal("expiring");
      requireTtl(ttl);
      BoundRules.requireNotNegative("limit", limit);
    }

    /** On the default terms. */
    public Expiring(Duration ttl, OptionalLong limit) {
      this(ttl, limit, Terms.DEFAULT);
    }

    @Override
    public Policy with(Terms other) {
      return new Expiring(ttl, limit, other);
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
  record Leaky(Rate rate, OptionalLong capacity, Terms terms) implements Policy {
    public Leaky {
      terms.requireKind(Leaky.class);
      terms.requireNoJournal("leaky");
      BoundRules.requireNotNegative("capacity", capacity);
      long periodMillis = rate.period().toMillis();
      if (capacity.isPresent() && capacity.getAsLong() > Long.MAX_VALUE / periodMillis) {
        throw new InvalidInputException(
            "capacity",
            "is %d; with a rate of %s it may be at most %d"
                .formatted(capacity.getAsLong(), rate, Long.MAX_VALUE / periodMillis));
      }
    }

    /** On the default terms. */
    public Leaky(Rate rate, OptionalLong capacity) {
      this(rate, capacity, Terms.DEFAULT);
    }

    @Override
    public Policy with(Terms other) {
      return new Leaky(rate, capacity, other);
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
   * Counts the puts since the start of the window that holds the instant; windows begin where the
   * local clock and calendar say.
   *
   * @param zone whose clock and calendar
   * @param min the least count, if any; 0 where there is a limit and this is absent
   * @param maxDelta the most that one put may add or take, at least 1, if any
   * @param limit the most that the count may be after a put, if any
   * @param keep how many windows that have ended are kept, from 0 to {@link #MOST_KEPT}
   */
  record Window(
      WindowPeriod period,
      ZoneId zone,
      OptionalLong min,
      OptionalLong maxDelta,
      OptionalLong limit,
      int keep,
      Terms terms)
      implements Policy {
    /** The most windows that are kept: the days of a year, and a month more. */
    public static final int MOST_KEPT = 400;

    public Window {
      terms.requireKind(Window.class);
      terms.requireNoJournal("window");
      KeepRules.require(keep);
      if (keep > 0 && terms.lapses()) {
        throw new InvalidInputException(
            "lapses", "is not for a window with keep; a policy that lapses keeps nothing");
      }
      BoundRules.requireNotNegative("limit", limit);
      BoundRules.requireMaxDelta(maxDelta);
      if (min.isPresent() && min.getAsLong() > 0) {
        throw new InvalidInputException(
            "min",
            "is " + min.getAsLong() + "; a window starts at 0, so it must not be above that");
      }
    }

    /** The least count that is allowed. */
    public long lowest() {
      return min.orElse(limit.isPresent() ? 0 : Long.MIN_VALUE);
    }

    /** The greatest count that is allowed. */
    public long highest() {
      return limit.orElse(Long.MAX_VALUE);
    }

    @Override
    public String kind() {
      return "window";
    }

    @Override
    public Policy with(Terms other) {
      return new Window(period, zone, min, maxDelta, limit, keep, other);
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
      long initial,
      OptionalLong min,
      OptionalLong max,
      OptionalLong maxDelta,
      OptionalLong limit,
      Terms terms)
      implements Policy {
    public Total {
      terms.requireKind(Total.class);
      terms.requireLasting("total");
      BoundRules.requireNotNegative("limit", limit);
      BoundRules.requireMaxDelta(maxDelta);
      if (lowest(min, limit) > highest(max, limit)) {
        throw new InvalidInputException(
            "min",
            "is %d; it must not be above %d, the greatest value allowed"
                .formatted(lowest(min, limit), highest(max, limit)));
      }
      if (initial < lowest(min, limit) || initial > highest(max, limit)) {
        throw new InvalidInputException(
            "initial",
            "is %d; it must be %s"
                .formatted(initial, BoundRules.range(lowest(min, limit), highest(max, limit))));
      }
    }

    /** On the default terms. */
    public Total(
        long initial,
        OptionalLong min,
        OptionalLong max,
        OptionalLong maxDelta,
        OptionalLong limit) {
      this(initial, min, max, maxDelta, limit, Terms.DEFAULT);
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

    @Override
    public Policy with(Terms other) {
      return new Total(initial, min, max, maxDelta, limit, other);
    }

    private static long lowest(OptionalLong min, OptionalLong limit) {
      return min.orElse(limit.isPresent() ? 0 : Long.MIN_VALUE);
    }

    private static long highest(OptionalLong max, OptionalLong limit) {
      return Math.min(max.orElse(Long.MAX_VALUE), limit.orElse(Long.MAX_VALUE));
    }
  }

  /**
   * A number with a fraction, such as a temperature: puts add to it, sets set it. It starts at 0.
   *
   * @param min the least value, if any
   * @param max the greatest value, if any
   * @param maxDelta the most that one put may add or take, above 0, if any
   */
  record Gauge(OptionalDouble min, OptionalDouble max, OptionalDouble maxDelta, Terms terms)
      implements Policy {
    public Gauge {
      terms.requireKind(Gauge.class);
      terms.requireLasting("gauge");
      BoundRules.requireFinite("min", min);
      BoundRules.requireFinite("max", max);
      BoundRules.requireFinite("maxDelta", maxDelta);
      if (maxDelta.isPresent() && maxDelta.getAsDouble() <= 0) {
        throw new InvalidInputException(
            "maxDelta", "is " + maxDelta.getAsDouble() + "; it must be above 0");
      }
      if (min.orElse(-Double.MAX_VALUE) > max.orElse(Double.MAX_VALUE)) {
        throw new InvalidInputException(
            "min", "is " + min.getAsDouble() + "; it must not be above max");
      }
    }

    /** A gauge without bounds. */
    public static Gauge unbounded() {
      var none = OptionalDouble.empty();
      return new Gauge(none, none, none, Terms.DEFAULT);
    }

    @Override
    public OptionalLong limit() {
      return OptionalLong.empty();
    }

    @Override
    public String kind() {
      return "gauge";
    }

    @Override
    public Policy with(Terms other) {
      return new Gauge(min, max, maxDelta, other);
    }
  }

  /**
   * A number that counters hold or hold not, which may have an end, as a string of Redis does that
   * counting commands work on. {@link Write} says all that can be done to it.
   */
  record Value(Terms terms) implements Policy {
    public Value {
      terms.requireKind(Value.class);
      terms.requireLasting("value");
    }

    @Override
    public OptionalLong limit() {
      return OptionalLong.empty();
    }

    @Override
    public String kind() {
      return "value";
    }

    @Override
    public Policy with(Terms other) {
      return new Value(other);
    }
  }

  /**
   * Several limits on one counter. A put has to fit all of them, and is added to all or to none.
   * Where a counter is told by one number, that is the count of the first.
   *
   * @param limits from 1 to {@link #MOST} policies, each with a limit and on default terms, and
   *     none of them a gauge or several limits itself
   */
  record Limits(List<Policy> limits, Terms terms) implements Policy {
    /** The most limits of one counter. */
    public static final int MOST = 8;

    public Limits {
      limits = List.copyOf(limits);
      LimitRules.require(limits);
      LimitRules.requireSameKinds(limits, terms);
      terms.requireNoJournal("limits");
    }

    @Override
    public Policy with(Terms other) {
      return new Limits(limits, other);
    }

    @Override
    public OptionalLong limit() {
      return limits.get(0).limit();
    }

    @Override
    public String kind() {
      return "limits";
    }

    /**
     * Checks the kind of a limit, which may be null.
     *
     * @throws InvalidInputException where no limit is of that kind
     */
    public static void requireKind(String field, String kind) {
      LimitRules.requireKind(field, kind);
    }

    /** The kinds of the limits, in their order. */
    public List<String> kinds() {
      return limits.stream().map(Policy::kind).toList();
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
      throw new InvalidInputException(
          "ttl", "is " + Durations.format(ttl) + "; it may be at most 400d");
    }
    return ttl;
  }
}
