package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * Buckets don't drift, however many puts they take. A round of puts that adds as much as drains in
 * its time leads back to the very same level; a bucket does the same at any other time; so by
 * induction any number of rounds leads back to it, 10^9 puts or more.
 */
class LeakyDriftTest {
  @Property
  void shouldBeAtTheSameLevelAfterARoundThatAddsAsMuchAsDrains(
      @ForAll("rates") Rate rate, @ForAll @Size(max = 20) List<@LongRange(max = 999) Long> parts) {
    var counting = Counting.of(new Policy.Leaky(rate, OptionalLong.empty()));
    long period = rate.period().toMillis();
    LeakyState before = poured(counting, null, 2 * rate.amount() + 1, Step.START);
    LeakyState state = before;
    long left = rate.amount();
    for (long part : parts.stream().sorted().toList()) {
      long n = left / (parts.size() + 1);
      if (n > 0) {
        state = poured(counting, state, n, Step.START + period * part / 1000);
        left -= n;
      }
    }
    state = poured(counting, state, left, Step.START + period);

    assertThat(state)
        .isEqualTo(new LeakyState(Step.START + period, before.level(), before.drain()));
  }

  @Property
  void shouldDoTheSameAtAnyOtherTime(
      @ForAll("rates") Rate rate,
      @ForAll @LongRange(max = 1_000_000) long level,
      @ForAll @LongRange(min = 1, max = 1_000_000) long n,
      @ForAll @LongRange(max = 100_000_000) long wait,
      @ForAll @LongRange(max = 100_000_000_000_000L) long shift) {
    var counting = Counting.of(new Policy.Leaky(rate, OptionalLong.of(1_000_000)));
    var state = new LeakyState(Step.START, level, Drain.of(rate));
    var shifted = new LeakyState(Step.START + shift, level, Drain.of(rate));

    Folded here = counting.apply(state, Event.Put.of(n), Step.START + wait, 0);
    Folded there = counting.apply(shifted, Event.Put.of(n), Step.START + shift + wait, 0);

    var after = (LeakyState) here.after();
    assertThat(there.after())
        .isEqualTo(new LeakyState(after.atMillis() + shift, after.level(), after.drain()));
    assertThat(there.decision().outcome()).isEqualTo(here.decision().outcome());
    assertThat(there.decision().count()).isEqualTo(here.decision().count());
    assertThat(there.decision().retryAfterMillis()).isEqualTo(here.decision().retryAfterMillis());
  }

  @Example
  void shouldHoldTheRateToThePutOverMillionsOfPuts() {
    var counting = Counting.of(new Policy.Leaky(Rate.parse("1000000/s"), OptionalLong.of(1000)));
    State state = null;
    long accepted = 0;
    for (long millis = 0; millis < 2000; millis++) {
      Outcome outcome = Outcome.ACCEPTED;
      while (outcome == Outcome.ACCEPTED) {
        Folded folded = counting.apply(state, Event.Put.ONE, Step.START + millis, 0);
        state = folded.after();
        outcome = folded.decision().outcome();
        accepted += outcome == Outcome.ACCEPTED ? 1 : 0;
      }
    }
    assertThat(accepted).isEqualTo(2_000_000);
  }

  @Property
  void shouldAcceptAtExactlyTheTimeThatARefusalSaysForEveryRate(
      @ForAll("rates") Rate rate,
      @ForAll @LongRange(min = 1, max = 100_000) long capacity,
      @ForAll @LongRange(min = 1, max = 100_000) long n,
      @ForAll @LongRange(max = 86_400_000) long since) {
    var counting = Counting.of(new Policy.Leaky(rate, OptionalLong.of(capacity)));
    State full = poured(counting, null, capacity, Step.START);
    long now = Step.START + since;
    var decision = counting.peek(full, Math.min(n, capacity), now);
    if (decision.outcome() == Outcome.REFUSED) {
      long retryAt = now + decision.retryAfterMillis().orElseThrow();

      assertThat(counting.peek(full, Math.min(n, capacity), retryAt).outcome())
          .isEqualTo(Outcome.ACCEPTED);
      assertThat(counting.peek(full, Math.min(n, capacity), retryAt - 1).outcome())
          .isEqualTo(Outcome.REFUSED);
    }
    assertThat(full.countAt(full.freeAtMillis())).isZero();
    assertThat(full.countAt(full.freeAtMillis() - 1)).isPositive();
  }

  private static LeakyState poured(Counting counting, State before, long n, long atMillis) {
    return (LeakyState) counting.apply(before, Event.Put.of(n), atMillis, 0).after();
  }

  @Provide
  Arbitrary<Rate> rates() {
    var whole =
        Combinators.combine(
                Arbitraries.longs().between(1, 1_000_000), Arbitraries.of("s", "m", "h", "d"))
            .as((amount, unit) -> Rate.parse(amount + "/" + unit));
    var corners = Arbitraries.of("1/d", "1/s", "7/d", "1000000/s", "999999/s", "86400001/d");
    return Arbitraries.oneOf(whole, corners.map(Rate::parse));
  }
}
