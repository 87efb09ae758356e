package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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

/** Windows, against a model that keeps every put. */
class WindowCountingTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Property(tries = 1000)
  void shouldDecideAndCountAsIfEveryPutWereKept(
      @ForAll("histories") List<Step> history, @ForAll @LongRange(max = 100_000) long later) {
    var naive = new NaiveWindow();
    State state = null;
    for (Step step : history) {
      Folded folded = apply(state, step);

      assertThat(Verdict.of(folded.decision())).isEqualTo(naive.apply(step));
      if (folded.decision().outcome() != Outcome.ACCEPTED) {
        assertThat(folded.after()).isSameAs(state);
      }
      state = folded.after();
      assertThat(naive.exists()).isEqualTo(state != null);
      if (state != null) {
        long at = state.atMillis();
        assertThat(state.countAt(at)).isEqualTo(naive.countAt(at));
        assertThat(state.countAt(at + later)).isEqualTo(naive.countAt(at + later));
        assertThat(state.countAt(state.deadAtMillis())).isZero();
      }
    }
  }

  @Property(tries = 1000)
  void shouldAcceptARefusedPutAfterExactlyTheTimeThatItSays(
      @ForAll("limitedHistories") List<Step> history) {
    State state = null;
    for (Step step : history) {
      Folded folded = apply(state, step);
      state = folded.after();
      OptionalLong wait = folded.decision().retryAfterMillis();
      if (wait.isPresent()) {
        long retryAt = folded.decision().atMillis() + wait.getAsLong();

        assertThat(outcomeAt(retryAt, state, step)).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcomeAt(retryAt - 1, state, step)).isEqualTo(Outcome.REFUSED);
      }
    }
  }

  private static Outcome outcomeAt(long millis, State state, Step refused) {
    var again = new Step(refused.event(), millis, refused.floorMillis(), refused.policy());
    return apply(state, again).decision().outcome();
  }

  @Example
  void shouldLetAWindowEndAsItWasGivenWhenPeriodAndZoneChange() {
    var hours = Counting.of(policy("1h", "UTC", NONE));
    var days = Counting.of(policy("day", "Asia/Kathmandu", NONE));
    State hour = hours.apply(null, Event.Put.ONE, at("2026-01-01T10:10:00Z"), 0).after();

    Folded inHour = days.apply(hour, Event.Put.ONE, at("2026-01-01T10:59:59Z"), 0);
    Folded before = days.apply(inHour.after(), Event.Put.ONE, at("2026-01-01T09:59:59Z"), 0);
    Folded after = days.apply(inHour.after(), Event.Put.ONE, at("2026-01-01T11:00:00Z"), 0);

    assertThat(inHour.decision().count()).hasValue(2);
    assertThat(before.decision().outcome()).isEqualTo(Outcome.LATE);
    assertThat(after.decision().count()).hasValue(1);
    assertThat(after.after().deadAtMillis()).isEqualTo(at("2026-01-01T18:15:00Z"));
  }

  @Example
  void shouldSayThatWaitingHelpsOnlyWhereANewWindowHasRoom() {
    var limited = Counting.of(policy("1h", "UTC", OptionalLong.of(5)));
    State full = limited.apply(null, Event.Put.of(5), at("2026-01-01T10:10:00Z"), 0).after();
    long now = at("2026-01-01T10:20:00Z");

    assertThat(limited.peek(full, 5, now).retryAfterMillis())
        .hasValue(Duration.ofMinutes(40).toMillis());
    assertThat(limited.peek(full, 6, now).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(limited.peek(null, -1, now).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(limited.peek(null, -1, now).retryAfterMillis()).isEmpty();
    assertThat(full.freeAtMillis()).isEqualTo(at("2026-01-01T11:00:00Z"));
  }

  @Example
  void shouldRefuseUnderALimitOfZeroHoweverMuchAPutAdds() {
    long now = at("2026-01-01T10:10:00Z");
    State one = Counting.of(policy("1h", "UTC", NONE)).apply(null, Event.Put.ONE, now, 0).after();
    var closed = Counting.of(policy("1h", "UTC", OptionalLong.of(0)));

    var decision = closed.apply(one, Event.Put.of(Long.MAX_VALUE), now, 0).decision();

    assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static Policy policy(String period, String zone, OptionalLong limit) {
    return new Policy.Window(
        WindowPeriod.parse(period), ZoneId.of(zone), NONE, NONE, limit, 0, Terms.DEFAULT);
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
    var events =
        Arbitraries.frequencyOf(
            Tuple.of(30, puts),
            Tuple.of(1, Arbitraries.just(new Event.Reset())),
            Tuple.of(1, Step.onlyForSettable()));
    return Step.histories(events, Step.inBothModes(policies(0.5)));
  }

  @Provide
  Arbitrary<List<Step>> limitedHistories() {
    return Step.histories(Arbitraries.longs().between(-4, 6).map(Event.Put::of), policies(1));
  }

  private static Arbitrary<Long> amounts() {
    return Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.longs().between(-4, 6)),
        Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MAX_VALUE - 3, Long.MIN_VALUE)));
  }

  static Arbitrary<Policy> policies(double limited) {
    var periods = Arbitraries.of("1s", "1m", "15m", "6h", "day", "week", "month");
    var zones = Arbitraries.of("UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu");
    return Combinators.combine(
            periods,
            zones,
            optional(Arbitraries.longs().between(-9, 0), 0.3),
            optional(Arbitraries.longs().between(1, 9), 0.2),
            optional(Arbitraries.longs().between(0, 12), limited))
        .as(
            (period, zone, min, delta, limit) ->
                new Policy.Window(
                    WindowPeriod.parse(period),
                    ZoneId.of(zone),
                    min,
                    delta,
                    limit,
                    0,
                    Terms.DEFAULT));
  }

  private static Arbitrary<OptionalLong> optional(Arbitrary<Long> numbers, double probability) {
    return numbers.optional(probability).map(WindowCountingTest::toLong);
  }

  private static OptionalLong toLong(Optional<Long> n) {
    return n.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
