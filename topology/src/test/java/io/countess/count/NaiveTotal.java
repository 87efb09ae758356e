package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.math.BigInteger;

/** A running sum as the design words it, without any fear of overflow. */
final class NaiveTotal {
  private BigInteger value;
  private long lastInstant;

  Verdict apply(Step step) {
    long instant = Math.max(step.atMillis(), Math.max(step.floorMillis(), lastInstant));
    var policy = (Policy.Total) step.policy();
    if (step.event() instanceof Event.Put put && put.n().isWhole()) {
      return put(put, policy, instant);
    }
    if (step.event() instanceof Event.SetValue set && set.value().isWhole()) {
      return set(set, policy, instant);
    }
    if (!(step.event() instanceof Event.Reset)) {
      return Verdict.of(Outcome.IMPOSSIBLE, now(policy).longValueExact(), instant);
    }
    value = null;
    lastInstant = 0;
    return Verdict.of(Outcome.ACCEPTED, policy.initial(), instant);
  }

  private Verdict put(Event.Put put, Policy.Total policy, long instant) {
    BigInteger now = now(policy);
    BigInteger n = BigInteger.valueOf(put.n().whole());
    BigInteger sum = now.add(n);
    boolean tooMuch =
        policy.maxDelta().isPresent()
            && n.abs().compareTo(BigInteger.valueOf(policy.maxDelta().getAsLong())) > 0;
    boolean observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    boolean closed = policy.lowest() == 0 && policy.highest() == 0;
    if (put.ttl().isEmpty() && closed && n.signum() > 0 && sum.signum() > 0 && !observes) {
      return Verdict.of(Outcome.REFUSED, now.longValueExact(), instant);
    }
    if (put.ttl().isPresent() || tooMuch && !observes || sum.bitLength() > 63) {
      return Verdict.of(Outcome.IMPOSSIBLE, now.longValueExact(), instant);
    }
    boolean leadsOut =
        n.signum() > 0 && isAbove(sum, policy) || n.signum() < 0 && isBelow(sum, policy);
    if (leadsOut && !observes) {
      return Verdict.of(Outcome.REFUSED, now.longValueExact(), instant);
    }
    return n.signum() == 0
        ? Verdict.of(Outcome.ACCEPTED, now.longValueExact(), instant)
        : change(sum, tooMuch || leadsOut, instant);
  }

  private Verdict set(Event.SetValue set, Policy.Total policy, long instant) {
    if (set.ifAbsent() && value != null) {
      return Verdict.of(Outcome.ACCEPTED, value.longValueExact(), instant);
    }
    BigInteger wanted = BigInteger.valueOf(set.value().whole());
    boolean outside = isAbove(wanted, policy) || isBelow(wanted, policy);
    return outside && policy.terms().mode() == Policy.Mode.ENFORCE
        ? Verdict.of(Outcome.REFUSED, now(policy).longValueExact(), instant)
        : change(wanted, outside, instant);
  }

  private Verdict change(BigInteger newValue, boolean observed, long instant) {
    value = newValue;
    lastInstant = instant;
    return observed
        ? Verdict.observed(newValue.longValueExact(), instant)
        : Verdict.of(Outcome.ACCEPTED, newValue.longValueExact(), instant);
  }

  boolean exists() {
    return value != null;
  }

  BigInteger now(Policy.Total policy) {
    return value == null ? BigInteger.valueOf(policy.initial()) : value;
  }

  private static boolean isAbove(BigInteger wanted, Policy.Total policy) {
    return above(wanted, policy.max().orElse(Long.MAX_VALUE))
        || above(wanted, policy.limit().orElse(Long.MAX_VALUE));
  }

  private static boolean above(BigInteger wanted, long bound) {
    return wanted.compareTo(BigInteger.valueOf(bound)) > 0;
  }

  private static boolean isBelow(BigInteger wanted, Policy.Total policy) {
    long unsaid = policy.limit().isPresent() ? 0 : Long.MIN_VALUE;
    return wanted.compareTo(BigInteger.valueOf(policy.min().orElse(unsaid))) < 0;
  }
}
