package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.math.BigDecimal;
import java.util.Optional;

/** A gauge that adds without rounding, and rounds each sum to the nearest double. */
final class NaiveGauge {
  /** What two ways to keep a gauge must agree on. */
  record Verdict(Outcome outcome, boolean wouldRefuse, double value, long atMillis) {}

  private BigDecimal value;
  private long lastInstant;

  Verdict apply(Step step) {
    long instant = Math.max(step.atMillis(), Math.max(step.floorMillis(), lastInstant));
    var policy = (Policy.Gauge) step.policy();
    if (step.event() instanceof Event.Put put) {
      return put.ttl().isPresent()
          ? verdict(Outcome.IMPOSSIBLE, instant)
          : put(exact(put.n()), policy, instant);
    }
    if (step.event() instanceof Event.SetValue set) {
      return set(exact(set.value()), set.ifAbsent(), policy, instant);
    }
    value = null;
    lastInstant = 0;
    return verdict(Outcome.ACCEPTED, instant);
  }

  private Verdict put(BigDecimal whole, Policy.Gauge policy, long instant) {
    BigDecimal n = new BigDecimal(whole.doubleValue());
    double sum = now().add(n).doubleValue();
    boolean tooMuch =
        policy.maxDelta().isPresent()
            && n.abs().compareTo(new BigDecimal(policy.maxDelta().getAsDouble())) > 0;
    boolean observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    if (tooMuch && !observes || Double.isInfinite(sum)) {
      return verdict(Outcome.IMPOSSIBLE, instant);
    }
    if (n.signum() == 0) {
      return verdict(Outcome.ACCEPTED, instant);
    }
    boolean leadsOut = n.signum() > 0 ? isAbove(sum, policy) : isBelow(sum, policy);
    return change(sum, tooMuch || leadsOut, observes, instant);
  }

  private Verdict set(BigDecimal wanted, boolean ifAbsent, Policy.Gauge policy, long instant) {
    if (ifAbsent && value != null) {
      return verdict(Outcome.ACCEPTED, instant);
    }
    double rounded = wanted.doubleValue();
    boolean outside = isAbove(rounded, policy) || isBelow(rounded, policy);
    return change(rounded, outside, policy.terms().mode() == Policy.Mode.OBSERVE, instant);
  }

  private Verdict change(double wanted, boolean outside, boolean observes, long instant) {
    if (outside && !observes) {
      return verdict(Outcome.REFUSED, instant);
    }
    value = new BigDecimal(wanted);
    lastInstant = instant;
    return new Verdict(Outcome.ACCEPTED, outside, now().doubleValue(), instant);
  }

  private Verdict verdict(Outcome outcome, long instant) {
    return new Verdict(outcome, false, now().doubleValue(), instant);
  }

  Optional<Double> value() {
    return Optional.ofNullable(value).map(BigDecimal::doubleValue);
  }

  private static BigDecimal exact(Amount n) {
    return n.isWhole() ? BigDecimal.valueOf(n.whole()) : new BigDecimal(n.real());
  }

  private BigDecimal now() {
    return value == null ? BigDecimal.ZERO : value;
  }

  private static boolean isAbove(double sum, Policy.Gauge policy) {
    return new BigDecimal(sum).compareTo(bound(policy.max().orElse(Double.MAX_VALUE))) > 0;
  }

  private static boolean isBelow(double sum, Policy.Gauge policy) {
    return new BigDecimal(sum).compareTo(bound(policy.min().orElse(-Double.MAX_VALUE))) < 0;
  }

  private static BigDecimal bound(double value) {
    return new BigDecimal(value);
  }
}
