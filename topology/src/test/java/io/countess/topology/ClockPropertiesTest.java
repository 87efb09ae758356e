package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for commands without a time of their own, however often a machine's clock is set. */
class ClockPropertiesTest {
  private static final long TTL_MILLIS = 60_000;
  private static final int LIMIT = 3;
  private static final Duration DEDUPE = Duration.ofMinutes(10);

  /** Between two commands time passes, and the wall clock may be set. */
  private record Between(Duration passes, Duration step) {
    void happenTo(FoldFixture fold) {
      fold.machine.pass(passes);
      fold.machine.step(step);
    }
  }

  @Property(tries = 100)
  void shouldHoldLimitsInEveryWindowAndCallNothingLate(@ForAll("steps") List<Between> steps) {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"60s\",\"limit\":" + LIMIT + "}", START);
      List<Long> accepted = new ArrayList<>();
      for (Between step : steps) {
        step.happenTo(fold);
        Decision decision = put(fold);
        assertThat(decision.outcome()).isIn(Outcome.ACCEPTED, Outcome.REFUSED);
        if (decision.outcome() == Outcome.ACCEPTED) {
          accepted.add(decision.atMillis());
        }
      }

      assertThat(accepted).isSorted();
      for (int i = LIMIT; i < accepted.size(); i++) {
        assertThat(accepted.get(i) - accepted.get(i - LIMIT)).isGreaterThanOrEqualTo(TTL_MILLIS);
      }
    }
  }

  @Property(tries = 100)
  void shouldTellTrueWaits(@ForAll("steps") List<Between> steps) {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"60s\",\"limit\":1}", START);
      for (Between step : steps) {
        put(fold);
        fold.machine.step(step.step());
        Decision refused = put(fold);
        if (refused.outcome() == Outcome.REFUSED) {
          long wait = refused.retryAfterMillis().orElseThrow();
          assertThat(wait).isBetween(1L, TTL_MILLIS + 1000);
          fold.machine.pass(Duration.ofMillis(wait));
          assertThat(put(fold).outcome()).isEqualTo(Outcome.ACCEPTED);
        }
        fold.machine.pass(step.passes());
      }
    }
  }

  @Property(tries = 100)
  void shouldRememberAnIdForAtLeastAsLongAsThePolicySays(@ForAll("steps") List<Between> steps) {
    try (var fold = FoldFixture.inMemory()) {
      Event put = Event.Put.of(1).withId(Optional.of("a"));
      fold.stamped("n", "k", put);
      Duration passed = Duration.ZERO;
      for (Between step : steps) {
        step.happenTo(fold);
        passed = passed.plus(step.passes());
        fold.stamped("n", "other", Event.Put.ONE);
        if (passed.compareTo(DEDUPE) < 0) {
          assertThat(fold.stamped("n", "k", put).details().replayed()).isTrue();
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Between>> steps() {
    Arbitrary<Duration> passing = millis(0, 40_000);
    Arbitrary<Duration> stepping =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.just(Duration.ZERO)),
            Tuple.of(2, millis(-3_600_000, 3_600_000)),
            Tuple.of(1, millis(-86_400_000, 86_400_000)));
    return Combinators.combine(passing, stepping)
        .as(Between::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  private static Arbitrary<Duration> millis(long from, long to) {
    return Arbitraries.longs().between(from, to).map(Duration::ofMillis);
  }

  private static Decision put(FoldFixture fold) {
    return fold.stamped("n", "k", Event.Put.ONE);
  }
}
