package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.WindowSpan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A window that keeps every put that was ever accepted, with the window that it belongs to. */
final class NaiveWindow {
  private record Kept(WindowSpan window, BigInteger n) {}

  private final List<Kept> puts = new ArrayList<>();
  private long lastInstant;

  Verdict apply(Step step) {
    long instant = Math.max(Math.max(step.atMillis(), step.floorMillis()), lastInstant);
    var policy = (Policy.Window) step.policy();
    if (step.event() instanceof Event.Put put && put.n().isWhole()) {
      return put(put, policy, step.atMillis(), instant);
    }
    if (step.event() instanceof Event.Reset) {
      puts.clear();
      lastInstant = 0;
      return Verdict.of(Outcome.ACCEPTED, 0, instant);
    }
    return Verdict.of(Outcome.IMPOSSIBLE, countAt(instant), instant);
  }

  private Verdict put(Event.Put put, Policy.Window policy, long atMillis, long instant) {
    long count = countAt(instant);
    BigInteger n = BigInteger.valueOf(put.n().whole());
    if (put.ttl().isPresent()) {
      return Verdict.of(Outcome.IMPOSSIBLE, count, instant);
    }
    if (n.signum() == 0) {
      return Verdict.of(Outcome.ACCEPTED, count, instant);
    }
    BigInteger sum = BigInteger.valueOf(count).add(n);
    boolean adds = n.signum() > 0 && sum.signum() > 0;
    if (adds && isClosed(policy) && policy.terms().mode() == Policy.Mode.ENFORCE) {
      return Verdict.refused(count, instant);
    }
    WindowSpan window = isLive(instant) ? last().window() : Windows.of(policy).holding(atMillis);
    if (atMillis < window.startMillis() || window.endMillis() <= instant) {
      return Verdict.of(Outcome.LATE, count, instant);
    }
    if (sum.bitLength() > 63) {
      return Verdict.of(Outcome.IMPOSSIBLE, count, instant);
    }
    boolean allowed = !tooMuch(n, policy) && !leadsOut(sum, n, policy);
    if (!allowed && policy.terms().mode() == Policy.Mode.ENFORCE) {
      return refuse(n, policy, window.endMillis(), instant);
    }
    puts.add(new Kept(window, n));
    lastInstant = instant;
    long after = sum.longValueExact();
    return allowed
        ? Verdict.of(Outcome.ACCEPTED, after, instant)
        : Verdict.observed(after, instant);
  }

  private Verdict refuse(BigInteger n, Policy.Window policy, long end, long instant) {
    long count = countAt(instant);
    BigInteger range = big(policy.highest()).subtract(big(policy.lowest()));
    if (tooMuch(n, policy) || n.abs().compareTo(range) > 0) {
      return Verdict.of(Outcome.IMPOSSIBLE, count, instant);
    }
    return leadsOut(n, n, policy)
        ? Verdict.refused(count, instant)
        : Verdict.refused(count, end - instant, instant);
  }

  private static boolean isClosed(Policy.Window policy) {
    return policy.limit().equals(OptionalLong.of(0)) && policy.min().orElse(0) == 0;
  }

  private static boolean tooMuch(BigInteger n, Policy.Window policy) {
    return policy.maxDelta().isPresent()
        && n.abs().compareTo(big(policy.maxDelta().getAsLong())) > 0;
  }

  private static boolean leadsOut(BigInteger sum, BigInteger n, Policy.Window policy) {
    return n.signum() > 0
        ? sum.compareTo(big(policy.highest())) > 0
        : sum.compareTo(big(policy.lowest())) < 0;
  }

  long countAt(long millis) {
    if (!isLive(millis)) {
      return 0;
    }
    return puts.stream()
        .filter(put -> put.window().equals(last().window()))
        .map(Kept::n)
        .reduce(BigInteger.ZERO, BigInteger::add)
        .longValueExact();
  }

  boolean exists() {
    return !puts.isEmpty();
  }

  private boolean isLive(long millis) {
    return exists() && millis < last().window().endMillis();
  }

  private Kept last() {
    return puts.get(puts.size() - 1);
  }

  private static BigInteger big(long n) {
    return BigInteger.valueOf(n);
  }
}
