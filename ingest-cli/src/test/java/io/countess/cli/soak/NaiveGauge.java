package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A double, and what of each put can be taken back: all of it, once. */
final class NaiveGauge implements NaiveCounter {
  private final Map<String, Double> puts = new HashMap<>();
  private double lowest;
  private double highest;
  private double value;
  private boolean exists;

  NaiveGauge(Policy.Gauge policy) {
    under(policy);
  }

  /** One that goes on with a total that exists. */
  NaiveGauge(Policy policy, long value, Map<String, Long> puts) {
    under(policy);
    this.value = value;
    exists = true;
    puts.forEach((id, n) -> this.puts.put(id, (double) n));
  }

  @Override
  public NaiveCounter under(Policy policy) {
    var gauge = (Policy.Gauge) policy;
    boolean observes = NaiveCounter.observes(policy);
    lowest = observes ? -Double.MAX_VALUE : gauge.min().orElse(-Double.MAX_VALUE);
    highest = observes ? Double.MAX_VALUE : gauge.max().orElse(Double.MAX_VALUE);
    return this;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (event instanceof Write || event instanceof Event.Put put && put.ttl().isPresent()) {
      return Outcome.IMPOSSIBLE;
    }
    if (event instanceof Event.Put put) {
      double n = put.n().real();
      boolean fits = n == 0 || canLose(-n, when.instant());
      return fits ? Outcome.ACCEPTED : Outcome.REFUSED;
    }
    if (event instanceof Event.Reset || isKept(event)) {
      return Outcome.ACCEPTED;
    }
    double wanted = wanted(event);
    return wanted >= lowest && wanted <= highest ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  private static double wanted(Event event) {
    return ((Event.SetValue) event).value().real();
  }

  /** Whether the value stays, since it was to be set where there is none. */
  private boolean isKept(Event event) {
    return exists && event instanceof Event.SetValue set && set.ifAbsent();
  }

  @Override
  public boolean take(Event event, String id, When when) {
    if (isKept(event) || event instanceof Event.Put none && none.n().real() == 0) {
      return false;
    }
    if (event instanceof Event.Put put) {
      puts.put(id, put.n().real());
      value += put.n().real();
    } else {
      puts.clear();
      value = event instanceof Event.Reset ? 0 : wanted(event);
    }
    exists = !(event instanceof Event.Reset);
    return true;
  }

  @Override
  public double countAt(long instant) {
    return value;
  }

  @Override
  public double sharedAt(long instant) {
    return 0;
  }

  @Override
  public boolean isLiveAt(long instant) {
    return exists;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return puts.getOrDefault(id, 0.0);
  }

  @Override
  public Outcome losing(String id, double amount, OptionalLong most, long instant) {
    boolean isPart = most.isPresent() && most.getAsLong() < Math.abs(amount);
    return isPart ? Outcome.IMPOSSIBLE : NaiveCounter.super.losing(id, amount, most, instant);
  }

  @Override
  public boolean canLose(double amount, long instant) {
    double rest = value - amount;
    return amount > 0 ? rest >= lowest : rest <= highest;
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.remove(id);
    value -= amount;
  }
}
