package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.OptionalLong;

/** Puts, each with its end. */
final class NaiveExpiring implements NaiveCounter {
  private final Contributions puts = new Contributions();
  private long ttlMillis;
  private long limit;

  NaiveExpiring(Policy.Expiring policy) {
    under(policy);
  }

  @Override
  public NaiveCounter under(Policy policy) {
    ttlMillis = ((Policy.Expiring) policy).ttl().toMillis();
    limit = NaiveCounter.observes(policy) ? Long.MAX_VALUE : policy.limit().orElse(Long.MAX_VALUE);
    return this;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put put && put.n().isWhole())) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    if (limit == 0 && put.n().whole() > 0) {
      return Outcome.REFUSED;
    }
    if (put.n().whole() < 0 || put.n().whole() > limit) {
      return Outcome.IMPOSSIBLE;
    }
    if (end(put, when) <= when.instant()) {
      return Outcome.LATE;
    }
    return countAt(when.instant()) + put.n().whole() > limit ? Outcome.REFUSED : Outcome.ACCEPTED;
  }

  @Override
  public boolean take(Event event, String id, When when) {
    if (event instanceof Event.Put put) {
      puts.add(id, put.n().whole(), end(put, when));
    } else {
      puts.clear();
    }
    return true;
  }

  private long end(Event.Put put, When when) {
    long ttl = put.ttl().isPresent() ? put.ttl().get().toMillis() : ttlMillis;
    long step = ttl < 2000 ? 10 : 1000;
    while (step >= 1000 && step * 256 < ttl) {
      step *= 2;
    }
    long end = when.own() + ttl;
    return end % step == 0 ? end : end + step - end % step;
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
    return puts.at(instant) > 0;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return NaiveCounter.part(puts.left(id, instant), most);
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return true;
  }

  @Override
  public void lose(String id, double amount, long instant) {
    puts.take(id, (long) amount);
  }
}
