package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Expiring counts in buckets, against a model that keeps every put. */
class ExpiringCountingTest {
  @Property(tries = 1000)
  void shouldDecideAndCountAsIfEveryPutWereKept(
      @ForAll("histories") List<Step> history, @ForAll @LongRange(max = 100_000) long later) {
    var naive = new NaiveExpiring();
    ExpiringState state = null;
    for (Step step : history) {
      Folded folded = apply(state, step);

      assertThat(Verdict.of(folded.decision())).isEqualTo(naive.apply(step));
      if (folded.decision().outcome() != Outcome.ACCEPTED) {
        assertThat(folded.after()).isSameAs(state);
      }
      state = (ExpiringState) folded.after();
      assertAgree(state, naive, folded.decision().atMillis() + later);
    }
  }

  private static void assertAgree(ExpiringState state, NaiveExpiring naive, long millis) {
    if (state == null) {
      assertThat(naive.countAt(0)).isZero();
      return;
    }
    assertThat(state.countAt(millis)).isEqualTo(naive.countAt(millis));
    assertThat(state.countAt(state.atMillis())).isEqualTo(naive.countAt(state.atMillis()));
    assertThat(state.atMillis()).isEqualTo(naive.lastInstant().orElseThrow());
    assertThat(state.deadAtMillis()).isEqualTo(naive.lastEnd());
    assertThat(state.lastEndMillis()).isEqualTo(naive.lastEnd());
  }

  @Property(tries = 1000)
  void shouldAcceptARefusedPutAfterExactlyTheTimeThatItSays(
      @ForAll("limitedHistories") List<Step> history) {
    ExpiringState state = null;
    for (Step step : history) {
      Folded folded = apply(state, step);
      state = (ExpiringState) folded.after();
      if (folded.decision().outcome() == Outcome.REFUSED) {
        long retryAt =
            folded.decision().atMillis() + folded.decision().retryAfterMillis().orElseThrow();

        assertThat(outcomeAt(retryAt, state, step)).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcomeAt(retryAt - 1, state, step)).isEqualTo(Outcome.REFUSED);
      }
    }
  }

  private static Outcome outcomeAt(long millis, ExpiringState state, Step refused) {
    var again = new Step(refused.event(), millis, refused.floorMillis(), refused.policy());
    return apply(state, again).decision().outcome();
  }

  @Property
  void shouldHoldABoundedNumberOfEndsForOneTimeToLive(
      @ForAll("ttls") Duration ttl, @ForAll @Size(2000) List<@LongRange(max = 999) Long> jumps) {
    var policy = Counting.of(new Policy.Expiring(ttl, OptionalLong.empty()));
    long now = Step.START;
    State state = null;
    for (long jump : jumps) {
      now += jump * ttl.toMillis() / 100_000;
      state = policy.apply(state, Event.Put.ONE, now, 0).after();

      assertThat(((ExpiringState) state).size()).isLessThanOrEqualTo(257);
    }
  }

  @Property
  void shouldNeverEndAPutEarlyNorMoreThanItsResolutionLate(
      @ForAll("ttls") Duration ttl, @ForAll @LongRange(max = 10_000_000) long offset) {
    long at = Step.START + offset;
    var policy = Counting.of(new Policy.Expiring(Duration.ofSeconds(60), OptionalLong.empty()));
    var put = new Event.Put(1, Optional.of(ttl));

    State state = policy.apply(null, put, at, 0).after();

    long resolution = NaiveExpiring.resolution(ttl.toMillis());
    long end = at + ttl.toMillis();
    assertThat(state.countAt(end - 1)).isEqualTo(1);
    assertThat(state.countAt(end + resolution - 1)).isZero();
    assertThat(state.deadAtMillis() % resolution).isZero();
  }

  private static Folded apply(State state, Step step) {
    return Counting.of(step.policy())
        .apply(state, step.event(), step.atMillis(), step.floorMillis());
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Step.histories(events(amounts()), Step.inBothModes(policies(limits().optional(0.5))));
  }

  @Provide
  Arbitrary<List<Step>> limitedHistories() {
    var amounts = Arbitraries.longs().between(0, 4);
    return Step.histories(
        events(amounts), policies(limits().filter(limit -> limit > 0).optional(1)));
  }

  private static Arbitrary<Event> events(Arbitrary<Long> amounts) {
    Arbitrary<Event> puts = Combinators.combine(amounts, ttls().optional(0.2)).as(Event.Put::new);
    return Arbitraries.frequencyOf(
        Tuple.of(30, puts),
        Tuple.of(1, Arbitraries.just(new Event.Reset())),
        Tuple.of(1, Step.onlyForSettable()));
  }

  private static Arbitrary<Long> amounts() {
    return Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.longs().between(0, 5)),
        Tuple.of(1, Arbitraries.longs().between(-5, -1)),
        Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 3, Long.MIN_VALUE)));
  }

  private static Arbitrary<Long> limits() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.longs().between(0, 12)),
        Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 1)));
  }

  private static Arbitrary<Policy> policies(Arbitrary<Optional<Long>> limits) {
    return Combinators.combine(ttls(), limits)
        .as(
            (ttl, limit) ->
                new Policy.Expiring(ttl, limit.map(OptionalLong::of).orElse(OptionalLong.empty())));
  }

  @Provide
  static Arbitrary<Duration> ttls() {
    long longest = Policy.MAX_TTL.toMillis();
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.longs().between(1, 2500)),
            Tuple.of(5, Arbitraries.longs().between(1000, 120_000)),
            Tuple.of(2, Arbitraries.longs().between(60_000, longest)),
            Tuple.of(1, Arbitraries.of(1L, 1999L, 2000L, 256_000L, 256_001L, longest)))
        .map(Duration::ofMillis);
  }
}
