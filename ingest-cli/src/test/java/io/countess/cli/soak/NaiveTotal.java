package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.OptionalLong;

/** Puts that never end, on top of what the counter started with or was set to. */
final class NaiveTotal implements NaiveCounter {
  private final Policy.Total policy;
  private final Contributions puts = new Contributions();
  private long start;
  private boolean exists;

  NaiveTotal(Policy.Total policy) {
    this.policy = policy;
    this.start = policy.initial();
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (event instanceof Event.Put put) {
      boolean tooMuch = Math.abs(put.n()) > policy.maxDelta().orElse(Long.MAX_VALUE);
      return tooMuch ? Outcome.IMPOSSIBLE : allowedIf(fits(put.n()));
    }
    if (event instanceof Event.SetValue set) {
      boolean inside = set.value() >= policy.lowest() && set.value() <= policy.highest();
      return allowedIf(set.ifAbsent() && exists || inside);
    }
    return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
  }

  private static Outcome allowedIf(boolean allowed) {
    return allowed ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  private boolean fits(double n) {
    double sum = countAt(0) + n;
    return n > 0 ? sum <= policy.highest() : sum >= policy.lowest();
  }

  @Override
  public void take(Event event, String id, When when) {
    if (event instanceof Event.Put put) {
      puts.add(id, put.n(), Long.MAX_VALUE);
      exists = true;
    } else if (event instanceof Event.Reset) {
      startAt(policy.initial());
      exists = false;
    } else if (event instanceof Event.SetValue set && !(set.ifAbsent() && exists)) {
      startAt(set.value());
      exists = true;
    }
  }

  private void startAt(long value) {
    puts.clear();
    start = value;
  }

  @Override
  public double countAt(long instant) {
    return start + puts.at(instant);
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return NaiveCounter.part(puts.left(id, instant), most);
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return amount == 0 || fits(-amount);
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.take(id, (long) amount);
  }
}
