package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Leaky buckets, against exact rational arithmetic. */
class LeakyCountingTest {
  @Property(tries = 1000)
  void shouldDecideAndCountExactly(
      @ForAll("histories") List<Step> history, @ForAll @LongRange(max = 100_000) long later) {
    var naive = new NaiveLeaky();
    LeakyState state = null;
    for (Step step : history) {
      Folded folded = apply(state, step);

      assertThat(Verdict.of(folded.decision())).isEqualTo(naive.apply(step));
      state = (LeakyState) folded.after();
      assertAgree(state, naive, folded.decision().atMillis() + later);
    }
  }

  private static void assertAgree(LeakyState state, NaiveLeaky naive, long millis) {
    assertThat(naive.lastInstant().isPresent()).isEqualTo(state != null);
    if (state == null) {
      return;
    }
    assertThat(state.atMillis()).isEqualTo(naive.lastInstant().orElseThrow());
    assertThat(state.countAt(millis)).isEqualTo(naive.countAt(millis));
    assertThat(state.countAt(state.atMillis())).isEqualTo(naive.countAt(state.atMillis()));
    long dead = state.deadAtMillis();
    if (dead != State.NEVER) {
      assertThat(naive.countAt(dead)).isZero();
      assertThat(dead == state.atMillis() || naive.countAt(dead - 1) > 0).isTrue();
    }
  }

  /** A peek is no put, and so brings no bucket under a new rate. */
  @Example
  void shouldPeekAtABucketThatDrainsAsItDid() {
    for (var rates : List.of(List.of("1/s", "1/d"), List.of("1/d", "1/s"), List.of("7/m", "3/h"))) {
      Counting before = leaky(rates.get(0));
      Counting now = leaky(rates.get(1));
      State full = before.apply(null, Event.Put.of(5), 0, 0).after();

      long wait = now.peek(full, 2, 0).retryAfterMillis().orElseThrow();

      assertThat(now.peek(full, 2, wait).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(now.peek(full, 2, wait - 1).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(now.apply(full, Event.Put.of(2), wait, 0).decision().outcome())
          .isEqualTo(Outcome.ACCEPTED);
    }
  }

  private static Counting leaky(String rate) {
    return Counting.of(new Policy.Leaky(Rate.parse(rate), OptionalLong.of(5)));
  }

  @Property(tries = 1000)
  void shouldAcceptARefusedPutAfterExactlyTheTimeThatItSays(
      @ForAll("fullHistories") List<Step> history) {
    LeakyState state = null;
    for (Step step : history) {
      Folded folded = apply(state, step);
      state = (LeakyState) folded.after();
      if (folded.decision().outcome() == Outcome.REFUSED) {
        long retryAt =
            folded.decision().atMillis() + folded.decision().retryAfterMillis().orElseThrow();

        assertThat(outcomeAt(retryAt, state, step)).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcomeAt(retryAt - 1, state, step)).isEqualTo(Outcome.REFUSED);
      }
    }
  }

  private static Outcome outcomeAt(long millis, LeakyState state, Step refused) {
    var again = new Step(refused.event(), millis, refused.floorMillis(), refused.policy());
    return apply(state, again).decision().outcome();
  }

  @Example
  void shouldNotSpeakOfACapacityThatNobodySet() {
    var counting = Counting.of(new Policy.Leaky(Rate.parse("1/s"), OptionalLong.empty()));
    Folded full = counting.apply(null, Event.Put.of(Long.MAX_VALUE / 1000), 0, 0);
    assertThat(full.decision().outcome()).isEqualTo(Outcome.ACCEPTED);

    Decision refused = counting.peek(full.after(), 1, 0);
    Decision impossible = counting.peek(null, Long.MAX_VALUE, 0);

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.reason()).hasValue("the level would pass 64 bits");
    assertThat(impossible.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(impossible.reason())
        .hasValue("n is 9223372036854775807; the level would pass 64 bits");
  }

  @Property(tries = 50)
  void shouldNotDriftOverManyPuts(
      @ForAll("rates") Rate rate, @ForAll @Size(5000) List<@LongRange(max = 50) Long> jumps) {
    var policy = new Policy.Leaky(rate, OptionalLong.empty());
    var counting = Counting.of(policy);
    var naive = new NaiveLeaky();
    long now = Step.START;
    State state = null;
    for (long jump : jumps) {
      now += jump;
      state = counting.apply(state, Event.Put.ONE, now, 0).after();
      naive.apply(new Step(Event.Put.ONE, now, 0, policy));
    }
    assertThat(state.countAt(now)).isEqualTo(naive.countAt(now));
    assertThat(state.countAt(now + 12_345)).isEqualTo(naive.countAt(now + 12_345));
  }

  @Example
  void shouldFillTheLargestBucketThereIsAndNoMore() {
    long largest = Long.MAX_VALUE / 86_400_000;
    var policy = new Policy.Leaky(Rate.parse("1/d"), OptionalLong.of(largest));
    var counting = Counting.of(policy);

    var full = counting.apply(null, Event.Put.of(largest), Step.START, 0);
    var more = counting.apply(full.after(), Event.Put.ONE, Step.START, 0);

    assertThat(full.decision().count()).hasValue(largest);
    assertThat(more.decision().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(more.decision().retryAfterMillis()).hasValue(Duration.ofDays(1).toMillis());
  }

  @Example
  void shouldDrainAtANewRateFromTheFirstPutOnThatComesUnderIt() {
    var slow = Counting.of(new Policy.Leaky(Rate.parse("1/d"), OptionalLong.of(10)));
    var fast = Counting.of(new Policy.Leaky(Rate.parse("10/s"), OptionalLong.of(10)));
    State full = slow.apply(null, Event.Put.of(10), Step.START, 0).after();

    var refused = fast.apply(full, Event.Put.ONE, Step.START, 0);
    var later = fast.apply(refused.after(), Event.Put.ONE, Step.START + 100, 0);

    assertThat(refused.decision().retryAfterMillis()).hasValue(100);
    assertThat(refused.after().countAt(Step.START)).isEqualTo(10);
    assertThat(later.decision().outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  private static Folded apply(State state, Step step) {
    return Counting.of(step.policy())
        .apply(state, step.event(), step.atMillis(), step.floorMillis());
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Event> puts =
        Combinators.combine(amounts(), Arbitraries.just(Duration.ofSeconds(1)).optional(0.03))
            .as(Event.Put::new);
    return Step.histories(
        Arbitraries.frequencyOf(
            Tuple.of(30, puts),
            Tuple.of(1, Arbitraries.just(new Event.Reset())),
            Tuple.of(1, Step.onlyForSettable())),
        Step.inBothModes(policies(capacities().optional(0.6))));
  }

  @Provide
  Arbitrary<List<Step>> fullHistories() {
    var puts = Arbitraries.longs().between(1, 3).map(Event.Put::of);
    var capacities = Arbitraries.longs().between(3, 9);
    return Step.histories(puts, policies(capacities.optional(1)));
  }

  private static Arbitrary<Long> amounts() {
    return Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.longs().between(0, 6)),
        Tuple.of(2, Arbitraries.longs().between(1, Long.MAX_VALUE / 86_400_000)),
        Tuple.of(1, Arbitraries.of(-1L, Long.MAX_VALUE, Long.MIN_VALUE)));
  }

  private static Arbitrary<Long> capacities() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.longs().between(0, 20)),
        Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE / 86_400_000)));
  }

  private static Arbitrary<Policy> policies(Arbitrary<Optional<Long>> capacities) {
    return Combinators.combine(rates(), capacities)
        .as(
            (rate, capacity) ->
                new Policy.Leaky(
                    rate, capacity.map(OptionalLong::of).orElse(OptionalLong.empty())));
  }

  @Provide
  static Arbitrary<Rate> rates() {
    var amounts =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.longs().between(1, 120)),
            Tuple.of(3, Arbitraries.longs().between(1, 1_000_000)),
            Tuple.of(1, Arbitraries.longs().between(1, 999_999_999_999_999_999L)));
    return Combinators.combine(amounts, Arbitraries.of("s", "m", "h", "d"))
        .as((amount, unit) -> Rate.parse(amount + "/" + unit));
  }
}
