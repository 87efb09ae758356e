package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Event;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One event of a random history, as a partition would hand it to the arithmetic.
 *
 * @param floorMillis never goes back, and is at most a minute behind the highest time so far
 * @param policy in force when the event comes
 */
record Step(Event event, long atMillis, long floorMillis, Policy policy) {
  static final long START = 1_767_225_600_000L;
  private static final long LATENESS = 60_000;

  /** Histories in which time jumps, records come late, and the policy changes now and then. */
  static Arbitrary<List<Step>> histories(
      Arbitrary<? extends Event> events, Arbitrary<? extends Policy> policies) {
    var step =
        Combinators.combine(events, advances(), delays(), Arbitraries.integers().between(0, 9));
    var steps = step.as(Tuple::of).list().ofMinSize(1).ofMaxSize(60);
    return Combinators.combine(policies.list().ofSize(4), steps).as(Step::history);
  }

  /** The policies, some of which only observe. */
  static Arbitrary<Policy> inBothModes(Arbitrary<? extends Policy> policies) {
    var modes = Arbitraries.of(Policy.Mode.ENFORCE, Policy.Mode.ENFORCE, Policy.Mode.OBSERVE);
    return Combinators.combine(policies, modes)
        .as((policy, mode) -> policy.with(policy.terms().in(mode)));
  }

  /** What only a gauge takes. */
  static Arbitrary<Event> fractions() {
    return Arbitraries.of(
        Event.Put.of(Amount.of(0.5)), new Event.SetValue(Amount.of(1.5), false, Optional.empty()));
  }

  /** What only a total or a gauge takes. */
  static Arbitrary<Event> onlyForSettable() {
    return Arbitraries.oneOf(fractions(), Arbitraries.just(new Event.SetValue(3, false)));
  }

  private static List<Step> history(
      List<? extends Policy> policies,
      List<? extends Tuple.Tuple4<? extends Event, Long, Long, Integer>> raw) {
    var history = new ArrayList<Step>();
    int policy = 0;
    long now = START;
    long highest = 0;
    for (var step : raw) {
      now += step.get2();
      long at = now - step.get3();
      highest = Math.max(highest, at);
      policy += step.get4() == 0 ? 1 : 0;
      var inForce = policies.get(policy % policies.size());
      history.add(new Step(step.get1(), at, highest - LATENESS, inForce));
    }
    return history;
  }

  private static Arbitrary<Long> advances() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.longs().between(0, 20)),
        Tuple.of(3, Arbitraries.longs().between(0, 3000)),
        Tuple.of(3, Arbitraries.longs().between(0, 90_000)),
        Tuple.of(1, Arbitraries.longs().between(0, 40L * 24 * 3_600_000)));
  }

  private static Arbitrary<Long> delays() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just(0L)),
        Tuple.of(2, Arbitraries.longs().between(0, 2000)),
        Tuple.of(2, Arbitraries.longs().between(0, 200_000)));
  }
}
