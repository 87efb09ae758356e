package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A queue of puts that drains first in, first out: in parts, as many to one as the rate's period
 * has milliseconds, of which the rate's amount drains in each.
 */
final class NaiveLeaky implements NaiveCounter {
  private record Poured(String id, long parts) {}

  private final long partsPerOne;
  private final long partsPerMilli;
  private final long capacity;
  private List<Poured> queue = new ArrayList<>();
  private long gaps;
  private long atMillis;

  NaiveLeaky(Policy.Leaky policy) {
    this.partsPerOne = policy.rate().period().toMillis();
    this.partsPerMilli = policy.rate().amount();
    this.capacity = policy.capacity().orElseThrow();
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put put)) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    if (put.n() > capacity) {
      return Outcome.IMPOSSIBLE;
    }
    long level = level(drained(when.instant())) + put.n() * partsPerOne;
    return level > capacity * partsPerOne ? Outcome.REFUSED : Outcome.ACCEPTED;
  }

  @Override
  public void take(Event event, String id, When when) {
    drain(when.instant());
    if (event instanceof Event.Put put) {
      queue.add(new Poured(id, put.n() * partsPerOne));
    } else {
      queue.clear();
      gaps = 0;
    }
  }

  @Override
  public double countAt(long instant) {
    return (level(drained(instant)) + partsPerOne - 1) / partsPerOne;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    long left =
        drained(instant).stream().filter(each -> each.id.equals(id)).mapToLong(Poured::parts).sum();
    return Math.min(left / partsPerOne, most.orElse(Long.MAX_VALUE));
  }

  /** Where gaps are that releases made is not kept: they count as being before everything else. */
  @Override
  public boolean isExact(long instant) {
    return gapsAt(instant) == 0;
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return true;
  }

  @Override
  public void lose(String id, double amount, long instant) {
    drain(instant);
    long parts = (long) amount * partsPerOne;
    queue.replaceAll(each -> each.id.equals(id) ? new Poured(id, each.parts - parts) : each);
    gaps += parts;
  }

  private void drain(long instant) {
    long gapsThen = gapsAt(instant);
    queue = drained(instant);
    gaps = gapsThen;
    atMillis = instant;
  }

  private List<Poured> drained(long instant) {
    long rest = (instant - atMillis) * partsPerMilli;
    var left = new ArrayList<Poured>();
    for (Poured each : queue) {
      long gone = Math.min(rest, each.parts);
      rest -= gone;
      if (gone < each.parts) {
        left.add(new Poured(each.id, each.parts - gone));
      }
    }
    return left;
  }

  /** Gaps drain when no water is left. */
  private long gapsAt(long instant) {
    long afterWater = (instant - atMillis) * partsPerMilli - level(queue);
    return Math.max(0, gaps - Math.max(0, afterWater));
  }

  private static long level(List<Poured> queue) {
    return queue.stream().mapToLong(Poured::parts).sum();
  }
}
