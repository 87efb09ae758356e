package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Decision.Details;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.HeldNumber;
import io.countess.event.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What an event on a counter of the kind value leads to, from what it held at the instant. */
record ValueDecisions(State before, Optional<Held> held, long instant) {
  /** It is brought back to nothing. */
  Folded reset() {
    return Folded.replaced(null, decision(Outcome.ACCEPTED, Optional.empty(), Optional.empty()));
  }

  /** It holds something else from now on, or nothing. */
  Folded to(ValueState after) {
    if (after == null && held.isEmpty()) {
      return as();
    }
    Optional<Held> now = Optional.ofNullable(after).map(ValueState::held);
    return Folded.replaced(after, decision(Outcome.ACCEPTED, Optional.empty(), now));
  }

  /** It is accepted, and there is nothing to change. */
  Folded as() {
    return same(Outcome.ACCEPTED, null);
  }

  Folded as(String remark) {
    return same(Outcome.ACCEPTED, remark);
  }

  Folded refused(String why) {
    return same(Outcome.REFUSED, why);
  }

  Folded impossible(String why) {
    return same(Outcome.IMPOSSIBLE, why);
  }

  private Folded same(Outcome outcome, String why) {
    return Folded.unchanged(before, decision(outcome, Optional.ofNullable(why), held));
  }

  /** The same, saying how much a release took back. */
  Folded releasing(long n, Folded folded) {
    var of = folded.decision().details();
    var details =
        new Details(false, false, OptionalLong.of(n), of.gauge(), List.of())
            .with(of.value().orElseThrow());
    return new Folded(folded.after(), folded.decision().with(details), 0, 0);
  }

  private Decision decision(Outcome outcome, Optional<String> reason, Optional<Held> now) {
    BigDecimal number = now.map(Held::number).orElse(BigDecimal.ZERO);
    boolean isWhole = HeldNumber.isWhole(number);
    var real = new GaugeValue(number.doubleValue(), OptionalDouble.empty());
    var details = isWhole ? Details.NONE : Details.of(real);
    return new Decision(outcome, reason, instant)
        .counting(
            isWhole ? OptionalLong.of(number.longValue()) : OptionalLong.empty(),
            OptionalLong.empty())
        .with(details.with(new HeldChange(held, now)));
  }
}
