package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Policy;
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

/** Running sums, against a model in numbers of any size. */
class TotalCountingTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Property(tries = 1000)
  void shouldDecideAndCountExactly(@ForAll("histories") List<Step> history) {
    var naive = new NaiveTotal();
    State state = null;
    for (Step step : history) {
      Folded folded =
          Counting.of(step.policy())
              .apply(state, step.event(), step.atMillis(), step.floorMillis());

      assertThat(Verdict.of(folded.decision())).isEqualTo(naive.apply(step));
      if (folded.decision().outcome() != Outcome.ACCEPTED) {
        assertThat(folded.after()).isSameAs(state);
      }
      state = folded.after();
      assertThat(naive.exists()).isEqualTo(state != null);
      if (state != null) {
        long wanted = naive.now((Policy.Total) step.policy()).longValueExact();
        assertThat(state.countAt(Long.MAX_VALUE)).isEqualTo(wanted);
        assertThat(state.deadAtMillis()).isEqualTo(State.NEVER);
      }
    }
  }

  @Example
  void shouldRefuseUnderALimitOfZeroHoweverMuchAPutAdds() {
    var closed = Counting.of(new Policy.Total(0, NONE, NONE, NONE, OptionalLong.of(0)));

    var decision =
        closed
            .apply(new TotalState(Step.START, 1), Event.Put.of(Long.MAX_VALUE), Step.START, 0)
            .decision();

    assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Event> puts =
        Combinators.combine(numbers(), Arbitraries.just(Duration.ofSeconds(1)).optional(0.03))
            .as(Event.Put::new);
    Arbitrary<Event> sets =
        Combinators.combine(numbers(), Arbitraries.of(true, false)).as(Event.SetValue::new);
    return Step.histories(
        Arbitraries.frequencyOf(
            Tuple.of(10, puts),
            Tuple.of(2, sets),
            Tuple.of(1, Arbitraries.just(new Event.Reset())),
            Tuple.of(1, Step.fractions())),
        Step.inBothModes(policies()));
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.longs().between(-20, 20)),
        Tuple.of(1, Arbitraries.longs()),
        Tuple.of(1, Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1)));
  }

  private static Arbitrary<Policy> policies() {
    var initial = Arbitraries.longs().between(-3, 3);
    var deltas = Arbitraries.of(1L, 10L, Long.MAX_VALUE);
    return Combinators.combine(initial, bound(-30, 0), bound(0, 30), optional(deltas), bound(0, 30))
        .as(TotalCountingTest::policy)
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  private static Optional<Policy> policy(
      long initial, OptionalLong min, OptionalLong max, OptionalLong delta, OptionalLong limit) {
    try {
      return Optional.of(new Policy.Total(initial, min, max, delta, limit));
    } catch (InvalidInputException contradictory) {
      return Optional.empty();
    }
  }

  private static Arbitrary<OptionalLong> bound(long from, long to) {
    return optional(
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(from, to)),
            Tuple.of(1, Arbitraries.just(from < 0 ? Long.MIN_VALUE : Long.MAX_VALUE))));
  }

  private static Arbitrary<OptionalLong> optional(Arbitrary<Long> numbers) {
    return numbers.optional(0.4).map(n -> n.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }
}
