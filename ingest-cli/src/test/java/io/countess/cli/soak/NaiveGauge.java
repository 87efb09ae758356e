package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A double, and what of each put can be taken back: all of it, once. */
final class NaiveGauge implements NaiveCounter {
  private final double lowest;
  private final double highest;
  private final Map<String, Double> puts = new HashMap<>();
  private double value;
  private boolean exists;

  NaiveGauge(Policy.Gauge policy) {
    this.lowest = policy.min().orElse(-Double.MAX_VALUE);
    this.highest = policy.max().orElse(Double.MAX_VALUE);
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (event instanceof Event.PutReal put) {
      return canLose(-put.n(), when.instant()) ? Outcome.ACCEPTED : Outcome.REFUSED;
    }
    if (event instanceof Event.SetReal set) {
      boolean inside = set.value() >= lowest && set.value() <= highest;
      return inside || set.ifAbsent() && exists ? Outcome.ACCEPTED : Outcome.REFUSED;
    }
    return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
  }

  @Override
  public void take(Event event, String id, When when) {
    if (event instanceof Event.PutReal put) {
      puts.put(id, put.n());
      value += put.n();
      exists = true;
    } else if (event instanceof Event.Reset) {
      puts.clear();
      value = 0;
      exists = false;
    } else if (event instanceof Event.SetReal set && !(set.ifAbsent() && exists)) {
      puts.clear();
      value = set.value();
      exists = true;
    }
  }

  @Override
  public double countAt(long instant) {
    return value;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return puts.getOrDefault(id, 0.0);
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
