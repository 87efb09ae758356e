package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Policy.Mode;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Policies that only observe, against the same policies when they enforce. */
class ObserveTest {
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final OptionalLong NINE = OptionalLong.of(9);

  @Property
  void shouldAcceptAndReportJustWhatWouldBeRefused(@ForAll("histories") List<Step> history) {
    State state = null;
    for (Step step : history) {
      var observing = Counting.of(in(Mode.OBSERVE, step.policy()));
      var enforcing = Counting.of(in(Mode.ENFORCE, step.policy()));

      Folded observed = apply(observing, state, step);
      Folded enforced = apply(enforcing, state, step);

      compare(observed, enforced);
      state = observed.after();
    }
  }

  private static void compare(Folded observed, Folded enforced) {
    Decision decision = observed.decision();
    Outcome strict = enforced.decision().outcome();
    if (strict == Outcome.REFUSED) {
      assertThat(decision.details().wouldRefuse()).isTrue();
    }
    if (decision.outcome() == Outcome.LATE) {
      // What is late adds nothing, be it too much or not.
      assertThat(strict).isIn(Outcome.LATE, Outcome.IMPOSSIBLE);
    } else if (decision.details().wouldRefuse()) {
      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(strict).isIn(Outcome.REFUSED, Outcome.IMPOSSIBLE);
      assertThat(decision.reason()).isPresent();
      assertThat(decision.retryAfterMillis()).isEmpty();
    } else {
      assertThat(decision).isEqualTo(enforced.decision());
      assertThat(observed.after()).usingRecursiveComparison().isEqualTo(enforced.after());
    }
  }

  @Example
  void shouldKeepWhatPasses64BitsImpossible() {
    var put = Event.Put.of(Long.MAX_VALUE);
    for (Policy policy : policies()) {
      var observing = Counting.of(in(Mode.OBSERVE, policy));
      boolean isGauge = policy instanceof Policy.Gauge;
      State full = observing.apply(null, Event.Put.of(Long.MAX_VALUE / 60_000), 1, 0).after();

      Decision decision = observing.apply(full, put, 1, 0).decision();

      assertThat(decision.outcome()).isEqualTo(isGauge ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE);
    }
  }

  private static Folded apply(Counting counting, State state, Step step) {
    return counting.apply(state, step.event(), step.atMillis(), step.floorMillis());
  }

  private static Policy in(Mode mode, Policy policy) {
    return policy.with(policy.terms().in(mode));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Event> events =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.longs().between(-5, 12).map(Event.Put::of)),
            Tuple.of(1, Step.fractions()),
            Tuple.of(1, Arbitraries.just(new Event.SetValue(11, false))),
            Tuple.of(1, Arbitraries.just(new Event.Reset())));
    return Arbitraries.of(policies())
        .flatMap(policy -> Step.histories(events, Arbitraries.just(policy)));
  }

  private static List<Policy> policies() {
    var terms = Terms.DEFAULT;
    var ten = OptionalLong.of(10);
    var none = OptionalDouble.empty();
    return List.of(
        new Policy.Expiring(Duration.ofSeconds(60), NINE),
        new Policy.Leaky(Rate.parse("7/m"), NINE),
        new Policy.Window(WindowPeriod.parse("1h"), ZoneId.of("UTC"), NONE, ten, NINE, 0, terms),
        new Policy.Total(0, NONE, NONE, ten, NINE, terms),
        new Policy.Gauge(OptionalDouble.of(-3), OptionalDouble.of(9.5), none, terms));
  }
}
