package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.WindowPeriod;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Puts that end with their window. A window goes on to its end, whatever the policy by then. Only
 * for UTC, and for days and parts of them.
 */
final class NaiveWindow implements NaiveCounter {
  private static final long DAY_MILLIS = 86_400_000;
  private static final Span NONE = new Span(0, 0);

  private final Contributions puts = new Contributions();
  private Policy.Window policy;
  private Span window = NONE;

  private record Span(long start, long end) {}

  NaiveWindow(Policy.Window policy) {
    under(policy);
  }

  @Override
  public NaiveCounter under(Policy other) {
    policy = (Policy.Window) other;
    if (!policy.zone().equals(ZoneOffset.UTC)) {
      throw new IllegalArgumentException("not UTC: " + policy);
    }
    return this;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put put && put.n().isWhole())) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    if (put.ttl().isPresent()) {
      return Outcome.IMPOSSIBLE;
    }
    boolean closed = policy.highest() == 0 && !NaiveCounter.observes(policy);
    if (closed && put.n().whole() > 0 && countAt(when.instant()) + put.n().whole() > 0) {
      return Outcome.REFUSED;
    }
    if (isLate(when)) {
      return Outcome.LATE;
    }
    long n = put.n().whole();
    boolean tooMuch = Math.abs(n) > policy.maxDelta().orElse(Long.MAX_VALUE);
    if (NaiveCounter.observes(policy) || !tooMuch && fits((double) n, when.instant())) {
      return Outcome.ACCEPTED;
    }
    boolean never = Math.abs((double) n) > (double) policy.highest() - policy.lowest();
    return tooMuch || never ? Outcome.IMPOSSIBLE : Outcome.REFUSED;
  }

  private boolean isLate(When when) {
    Span span = spanOf(when);
    return when.own() < span.start || when.instant() >= span.end;
  }

  /** The window that is open, else the one that a put begins. */
  private Span spanOf(When when) {
    if (when.instant() < window.end) {
      return window;
    }
    long length =
        policy.period() instanceof WindowPeriod.Clock clock
            ? clock.length().toMillis()
            : DAY_MILLIS;
    long start = when.own() / length * length;
    return new Span(start, start + length);
  }

  private boolean fits(double n, long instant) {
    double sum = countAt(instant) + n;
    return n > 0 ? sum <= policy.highest() : sum >= policy.lowest();
  }

  @Override
  public boolean take(Event event, String id, When when) {
    if (event instanceof Event.Put put) {
      window = spanOf(when);
      puts.add(id, put.n().whole(), window.end);
    } else {
      window = NONE;
      puts.clear();
    }
    return true;
  }

  @Override
  public double countAt(long instant) {
    return puts.at(instant);
  }

  @Override
  public double sharedAt(long instant) {
    return countAt(instant);
  }

  @Override
  public boolean isLiveAt(long instant) {
    return window.end > instant;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return NaiveCounter.part(puts.left(id, instant), most);
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return NaiveCounter.observes(policy) || fits(-amount, instant);
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.take(id, (long) amount);
  }
}
