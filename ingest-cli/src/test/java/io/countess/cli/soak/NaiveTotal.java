package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.OptionalLong;

/** Puts that never end, on top of what the counter started with or was set to. */
final class NaiveTotal implements NaiveCounter {
  private final Contributions puts = new Contributions();
  private Policy.Total policy;
  private long start;
  private boolean exists;

  NaiveTotal(Policy.Total policy) {
    this.policy = policy;
  }

  @Override
  public NaiveCounter under(Policy other) {
    if (other instanceof Policy.Total total) {
      policy = total;
      return this;
    }
    return exists ? new NaiveGauge(other, value(), puts.left(0)) : NaiveCounter.of(other);
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (event instanceof Event.Put put && put.n().isWhole()) {
      return put(put);
    }
    if (event instanceof Event.SetValue set && set.value().isWhole()) {
      boolean inside =
          set.value().whole() >= policy.lowest() && set.value().whole() <= policy.highest();
      return allowedIf(set.ifAbsent() && exists || inside);
    }
    return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
  }

  private Outcome put(Event.Put put) {
    boolean closed = policy.highest() == 0 && !NaiveCounter.observes(policy);
    if (closed && put.ttl().isEmpty() && put.n().whole() > 0 && value() + put.n().whole() > 0) {
      return Outcome.REFUSED;
    }
    boolean tooMuch = Math.abs(put.n().whole()) > policy.maxDelta().orElse(Long.MAX_VALUE);
    if (put.ttl().isPresent() || tooMuch && !NaiveCounter.observes(policy)) {
      return Outcome.IMPOSSIBLE;
    }
    return allowedIf(fits((double) put.n().whole()));
  }

  private Outcome allowedIf(boolean allowed) {
    return allowed || NaiveCounter.observes(policy) ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  private boolean fits(double n) {
    double sum = value() + n;
    return n > 0 ? sum <= policy.highest() : sum >= policy.lowest();
  }

  @Override
  public boolean take(Event event, String id, When when) {
    if (event instanceof Event.SetValue set && set.ifAbsent() && exists) {
      return false;
    }
    if (event instanceof Event.Put put) {
      start = exists ? start : policy.initial();
      puts.add(id, put.n().whole(), Long.MAX_VALUE);
    } else {
      puts.clear();
      start = event instanceof Event.SetValue set ? set.value().whole() : 0;
    }
    exists = !(event instanceof Event.Reset);
    return true;
  }

  private long value() {
    return exists ? start + puts.at(0) : policy.initial();
  }

  @Override
  public double countAt(long instant) {
    return value();
  }

  @Override
  public double sharedAt(long instant) {
    return exists ? value() : 0;
  }

  @Override
  public boolean isLiveAt(long instant) {
    return exists;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return NaiveCounter.part(puts.left(id, instant), most);
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return NaiveCounter.observes(policy) || fits(-amount);
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.take(id, (long) amount);
  }
}
