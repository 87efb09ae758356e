package io.countess.event;

import java.time.Duration;
import java.util.Optional;

/** What a record in the log says. Its key says about which counter, its timestamp when. */
public sealed interface Event {
  /** One put of 1: what an absent or empty value means. */
  Put ONE = new Put(1, Optional.empty());

  /**
   * Adds to a counter.
   *
   * @param n how much; 0 changes nothing
   * @param ttl this put's own time to live, for expiring counts
   */
  record Put(long n, Optional<Duration> ttl) implements Event {
    /** Checks the time to live. */
    public Put {
      ttl.ifPresent(Policy::requireTtl);
    }

    /** A put of {@code n} that lives as long as the policy says. */
    public static Put of(long n) {
      return n == 1 ? ONE : new Put(n, Optional.empty());
    }
  }

  /**
   * Gives a total a value.
   *
   * @param ifAbsent only where the counter does not exist yet
   */
  record SetValue(long value, boolean ifAbsent) implements Event {}

  /** Brings a counter back to its initial value. */
  record Reset() implements Event {}

  /**
   * Sets the policy of the namespace of the record, or brings it back to the default policy.
   *
   * @param policy empty for the default policy
   */
  record ChangePolicy(Optional<Policy> policy, OnChange onChange) implements Event {}

  /** Sets the policy of all namespaces that have none of their own. The record's key is /. */
  record ChangeDefaults(Policy policy, OnChange onChange) implements Event {}

  /** Lets time pass in the partition in which the record stands. */
  record Tick() implements Event {}
}
