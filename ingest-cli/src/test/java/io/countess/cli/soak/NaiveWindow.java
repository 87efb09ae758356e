package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.WindowPeriod;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** Puts that end with their window. Only for UTC, and for days and parts of them. */
final class NaiveWindow implements NaiveCounter {
  private static final long DAY_MILLIS = 86_400_000;

  private final Policy.Window policy;
  private final long lengthMillis;
  private final Contributions puts = new Contributions();

  NaiveWindow(Policy.Window policy) {
    if (!policy.zone().equals(ZoneOffset.UTC)) {
      throw new IllegalArgumentException("not UTC: " + policy);
    }
    this.policy = policy;
    this.lengthMillis =
        policy.period() instanceof WindowPeriod.Clock clock
            ? clock.length().toMillis()
            : DAY_MILLIS;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put put)) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    if (end(when) <= when.instant()) {
      return Outcome.LATE;
    }
    long n = put.n();
    boolean tooMuch = Math.abs(n) > policy.maxDelta().orElse(Long.MAX_VALUE);
    if (tooMuch || Math.abs((double) n) > (double) policy.highest() - policy.lowest()) {
      return Outcome.IMPOSSIBLE;
    }
    return fits(n, when.instant()) ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  private boolean fits(double n, long instant) {
    double sum = countAt(instant) + n;
    return n > 0 ? sum <= policy.highest() : sum >= policy.lowest();
  }

  @Override
  public void take(Event event, String id, When when) {
    if (event instanceof Event.Put put) {
      puts.add(id, put.n(), end(when));
    } else {
      puts.clear();
    }
  }

  private long end(When when) {
    return (when.own() / lengthMillis + 1) * lengthMillis;
  }

  @Override
  public double countAt(long instant) {
    return puts.at(instant);
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return NaiveCounter.part(puts.left(id, instant), most);
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return fits(-amount, instant);
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.take(id, (long) amount);
  }
}
