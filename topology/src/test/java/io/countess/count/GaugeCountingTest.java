package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Gauges, against a model that adds without rounding. */
class GaugeCountingTest {
  @Property(tries = 1000)
  void shouldDecideAndKeepTheNearestDouble(@ForAll("histories") List<Step> history) {
    var naive = new NaiveGauge();
    State state = null;
    for (Step step : history) {
      Folded folded =
          Counting.of(step.policy())
              .apply(state, step.event(), step.atMillis(), step.floorMillis());

      assertThat(verdict(folded.decision())).isEqualTo(naive.apply(step));
      assertThat(folded.decision().count()).isEmpty();
      if (folded.decision().outcome() != Outcome.ACCEPTED) {
        assertThat(folded.after()).isSameAs(state);
      }
      state = folded.after();
      assertThat(Optional.ofNullable((GaugeState) state).map(GaugeState::value))
          .isEqualTo(naive.value());
    }
  }

  private static NaiveGauge.Verdict verdict(Decision decision) {
    var details = decision.details();
    double value = details.gauge().orElseThrow().value();
    return new NaiveGauge.Verdict(
        decision.outcome(), details.wouldRefuse(), value, decision.atMillis());
  }

  @Example
  void shouldNeverDieAndAddNothingToSums() {
    var gauge = Counting.of(Policy.Gauge.unbounded());
    State state = gauge.apply(null, Event.Put.of(7), Step.START, 0).after();
    var tally = new Tally();

    tally.replaced(null, state);

    assertThat(state.deadAtMillis()).isEqualTo(State.NEVER);
    assertThat(tally.countAt(Step.START)).isZero();
    assertThat(tally.keysAt(Step.START)).isEqualTo(1);
  }

  @Example
  void shouldSayWhatItsMaxIs() {
    var gauge = Counting.of(policy(Optional.empty(), Optional.of(10.5), Optional.empty()));

    Decision refused = gauge.apply(null, real(11), Step.START, 0).decision();

    assertThat(refused.reason()).hasValue("the max of 10.5 would be passed");
    assertThat(refused.details().gauge().orElseThrow().limit()).hasValue(10.5);
    assertThat(refused.retryAfterMillis()).isEmpty();
  }

  @Example
  void shouldKeepNoNegativeZero() {
    var gauge = Counting.of(Policy.Gauge.unbounded());
    var zero = new Event.SetValue(Amount.of(-0.0), false, Optional.empty());

    assertThat(gauge.apply(null, zero, Step.START, 0).after())
        .isEqualTo(new GaugeState(Step.START, 0.0));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Event> puts =
        Combinators.combine(wholes(), Arbitraries.just(Duration.ofSeconds(1)).optional(0.03))
            .as(Event.Put::new);
    Arbitrary<Event> sets =
        Combinators.combine(wholes(), Arbitraries.of(true, false)).as(Event.SetValue::new);
    Arbitrary<Event> setReals =
        Combinators.combine(fractions(), Arbitraries.of(true, false))
            .as((n, ifAbsent) -> new Event.SetValue(Amount.of(n), ifAbsent, Optional.empty()));
    return Step.histories(
        Arbitraries.frequencyOf(
            Tuple.of(6, puts),
            Tuple.of(10, fractions().map(GaugeCountingTest::real)),
            Tuple.of(1, sets),
            Tuple.of(2, setReals),
            Tuple.of(1, Arbitraries.just(new Event.Reset()))),
        Step.inBothModes(policies()));
  }

  private static Event real(double n) {
    return Event.Put.of(Amount.of(n));
  }

  private static Arbitrary<Long> wholes() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.longs().between(-20, 20)), Tuple.of(1, Arbitraries.longs()));
  }

  private static Arbitrary<Double> fractions() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.doubles().between(-20, 20).ofScale(3)),
        Tuple.of(1, Arbitraries.doubles()),
        Tuple.of(1, Arbitraries.of(0.1, -0.0, Double.MAX_VALUE, -Double.MAX_VALUE, 4.9e-324)));
  }

  private static Arbitrary<Policy> policies() {
    var mins = Arbitraries.doubles().between(-30, 0).ofScale(1).optional(0.4);
    var maxs = Arbitraries.doubles().between(0, 30).ofScale(1).optional(0.4);
    var deltas = Arbitraries.of(0.5, 10.0).optional(0.3);
    return Combinators.combine(mins, maxs, deltas).as(GaugeCountingTest::policy);
  }

  private static Policy policy(
      Optional<Double> min, Optional<Double> max, Optional<Double> maxDelta) {
    return new Policy.Gauge(bound(min), bound(max), bound(maxDelta), Terms.DEFAULT);
  }

  private static OptionalDouble bound(Optional<Double> n) {
    return n.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }
}
