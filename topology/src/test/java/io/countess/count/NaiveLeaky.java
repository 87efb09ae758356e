package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A leaky bucket in exact rational arithmetic: in parts of a day's milliseconds, by which every
 * rate is a whole number of parts per millisecond.
 */
final class NaiveLeaky {
  private static final BigInteger PARTS = BigInteger.valueOf(86_400_000);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private BigInteger level = BigInteger.ZERO;
  private Rate rate;
  private Long lastInstant;

  Verdict apply(Step step) {
    long instant = Math.max(step.atMillis(), step.floorMillis());
    instant = lastInstant == null ? instant : Math.max(instant, lastInstant);
    var policy = (Policy.Leaky) step.policy();
    BigInteger now = roundUp(partsAt(instant), policy.rate());
    if (step.event() instanceof Event.Put put && put.n().isWhole()) {
      return put(put, policy, now, instant);
    }
    if (step.event() instanceof Event.Reset) {
      level = BigInteger.ZERO;
      rate = null;
      lastInstant = null;
      return Verdict.of(Outcome.ACCEPTED, 0, instant);
    }
    return Verdict.of(Outcome.IMPOSSIBLE, ones(now), instant);
  }

  private Verdict put(Event.Put put, Policy.Leaky policy, BigInteger now, long instant) {
    long n = put.n().whole();
    long capacity = policy.capacity().orElse(MOST.divide(units(policy.rate())).longValueExact());
    boolean observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    if (put.ttl().isEmpty() && n > 0 && capacity == 0 && !observes) {
      keepUnder(policy.rate(), now, instant);
      return Verdict.refused(ones(now), instant);
    }
    if (put.ttl().isPresent() || n < 0 || n > capacity && !observes) {
      return Verdict.of(Outcome.IMPOSSIBLE, ones(now), instant);
    }
    if (n == 0) {
      return Verdict.of(Outcome.ACCEPTED, ones(now), instant);
    }
    BigInteger after = now.add(PARTS.multiply(BigInteger.valueOf(n)));
    BigInteger excess = after.subtract(PARTS.multiply(BigInteger.valueOf(capacity)));
    BigInteger unit = PARTS.divide(units(policy.rate()));
    if (observes && after.compareTo(MOST.multiply(unit)) > 0) {
      return Verdict.of(Outcome.IMPOSSIBLE, ones(now), instant);
    }
    if (excess.signum() > 0 && !observes) {
      keepUnder(policy.rate(), now, instant);
      long wait = ceilDiv(excess, partsPerMilli(policy.rate())).longValueExact();
      return Verdict.refused(ones(now), wait, instant);
    }
    change(policy.rate(), after, instant);
    return excess.signum() > 0 && policy.capacity().isPresent()
        ? Verdict.observed(ones(after), instant)
        : Verdict.of(Outcome.ACCEPTED, ones(after), instant);
  }

  /** A refused put consumes nothing, but a new rate holds from it on. */
  private void keepUnder(Rate newRate, BigInteger now, long instant) {
    if (rate != null && !partsPerMilli(rate).equals(partsPerMilli(newRate))) {
      change(newRate, now, instant);
    }
  }

  private void change(Rate newRate, BigInteger newLevel, long instant) {
    rate = newRate;
    level = newLevel;
    lastInstant = instant;
  }

  Optional<Long> lastInstant() {
    return Optional.ofNullable(lastInstant);
  }

  long countAt(long millis) {
    return ones(partsAt(millis));
  }

  private BigInteger partsAt(long millis) {
    if (lastInstant == null) {
      return BigInteger.ZERO;
    }
    BigInteger drained = partsPerMilli(rate).multiply(BigInteger.valueOf(millis - lastInstant));
    return level.subtract(drained).max(BigInteger.ZERO);
  }

  /** To whole units of the rate, of which a level has at most as many as a long can count. */
  private static BigInteger roundUp(BigInteger parts, Rate rate) {
    BigInteger unit = PARTS.divide(units(rate));
    return ceilDiv(parts, unit).min(MOST).multiply(unit);
  }

  /** How many units one is: the least number by which the rate is whole units a millisecond. */
  private static BigInteger units(Rate rate) {
    BigInteger period = BigInteger.valueOf(rate.period().toMillis());
    return period.divide(period.gcd(BigInteger.valueOf(rate.amount())));
  }

  private static BigInteger partsPerMilli(Rate rate) {
    BigInteger perPeriod = PARTS.multiply(BigInteger.valueOf(rate.amount()));
    return perPeriod.divide(BigInteger.valueOf(rate.period().toMillis()));
  }

  private static long ones(BigInteger parts) {
    return ceilDiv(parts, PARTS).longValueExact();
  }

  private static BigInteger ceilDiv(BigInteger dividend, BigInteger divisor) {
    return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
  }
}
