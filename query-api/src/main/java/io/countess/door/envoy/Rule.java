package io.countess.door.envoy;

import io.countess.event.Policy;
import io.countess.event.Policy.Mode;
import io.countess.event.Terms;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What holds for requests that a descriptor matches.
 *
 * @param name by which other rules replace it; empty for none
 * @param replaces the names of rules that don't hold for a request for which this one does
 * @param limit empty where there is none
 */
record Rule(String name, List<String> replaces, Optional<Limit> limit) {
  Rule {
    replaces = List.copyOf(replaces);
  }

  /** A limit without a name, as a request may bring one. */
  static Rule of(Limit limit) {
    return new Rule("", List.of(), Optional.of(limit));
  }

  /**
   * So many requests in each unit of time.
   *
   * @param requests at least 0
   * @param policy the same as counters have it
   */
  record Limit(long requests, RateUnit unit, Policy.Window policy) {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** Ids are for taking back at once what was accepted beside something that was not. */
    private static final Duration DEDUPE = Duration.ofSeconds(10);

    static Limit of(long requests, RateUnit unit, Mode mode) {
      OptionalLong none = OptionalLong.empty();
      Terms terms = Terms.DEFAULT.in(mode).remembering(DEDUPE).lapsing();
      var policy =
          new Policy.Window(unit.period(), UTC, none, none, OptionalLong.of(requests), 0, terms);
      return new Limit(requests, unit, policy);
    }

    /** Whether it only tells what it would refuse. */
    boolean isShadow() {
      return policy.terms().mode() == Mode.OBSERVE;
    }
  }
}
