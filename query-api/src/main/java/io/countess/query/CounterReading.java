package io.countess.query;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Peek;
import io.countess.count.Counting;
import io.countess.count.State;
import io.countess.event.Amount;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Held;
import io.countess.event.HeldNumber;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One look at a counter, at an instant.
 *
 * @param state null where it has none
 * @param fromMillis from when waits are counted: a counter's last instant can be ahead
 */
record CounterReading(
    CounterName counter, Counting counting, State state, long atMillis, long fromMillis) {
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final String WHOLE_ONLY =
      "is %s; a counter of the kind %s takes whole numbers of up to 64 bits, only a gauge takes"
          + " fractions";

  Count count() {
    Optional<Held> held = state == null ? Optional.empty() : state.heldAt(atMillis);
    long ahead = atMillis - fromMillis;
    return new Count(
        counter,
        state == null ? counting.initial() : state.countAt(atMillis),
        counting.policy().limit(),
        plus(counting.moreAfterMillis(state, atMillis), ahead),
        plus(counting.freeAfterMillis(state, atMillis), ahead),
        atMillis,
        state != null && state.deadAtMillis() > atMillis,
        gauge(held),
        counting.limits(state, atMillis).stream().map(it -> it.waiting(ahead)).toList(),
        Optional.empty(),
        held);
  }

  /** What a put would lead to. States are never changed, so it can be tried on this one. */
  Answer<Peek> peek(Amount n, Position position) {
    if (!n.isWhole() && !(counting.policy() instanceof Policy.Gauge)) {
      return new Answer.Invalid<>("n", WHOLE_ONLY.formatted(n, counting.policy().kind()));
    }
    Decision decision = counting.peek(state, n, atMillis).waitingFrom(fromMillis);
    return new Answer.Found<>(
        new Peek(
            count(),
            n,
            decision.outcome() == Outcome.ACCEPTED,
            decision.reason(),
            decision.retryAfterMillis(),
            decision.details().limits().map(Decision.Limits::refusedBy).orElse(NONE)),
        position);
  }

  private static OptionalLong plus(OptionalLong wait, long millis) {
    return wait.isPresent() ? OptionalLong.of(wait.getAsLong() + millis) : wait;
  }

  private Optional<Decision.GaugeValue> gauge(Optional<Held> held) {
    if (held.isPresent() && !HeldNumber.isWhole(held.get().number())) {
      double nearest = held.get().number().doubleValue();
      return Optional.of(new Decision.GaugeValue(nearest, OptionalDouble.empty()));
    }
    return counting.policy() instanceof Policy.Gauge
        ? counting.peek(state, 0, atMillis).details().gauge()
        : Optional.empty();
  }
}
