package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Outcome;
import java.util.OptionalLong;

/** What of a decision two ways of counting must agree on. */
record Verdict(
    Outcome outcome,
    boolean wouldRefuse,
    long count,
    OptionalLong retryAfterMillis,
    long atMillis) {
  static Verdict of(Decision decision) {
    return new Verdict(
        decision.outcome(),
        decision.details().wouldRefuse(),
        decision.count().orElseThrow(),
        decision.retryAfterMillis(),
        decision.atMillis());
  }

  static Verdict of(Outcome outcome, long count, long atMillis) {
    return new Verdict(outcome, false, count, OptionalLong.empty(), atMillis);
  }

  static Verdict observed(long count, long atMillis) {
    return new Verdict(Outcome.ACCEPTED, true, count, OptionalLong.empty(), atMillis);
  }

  static Verdict refused(long count, long atMillis) {
    return new Verdict(Outcome.REFUSED, false, count, OptionalLong.empty(), atMillis);
  }

  static Verdict refused(long count, long retryAfterMillis, long atMillis) {
    var retry = OptionalLong.of(retryAfterMillis);
    return new Verdict(Outcome.REFUSED, false, count, retry, atMillis);
  }
}
