package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A queue of puts that drains first in, first out, in parts of which a whole number drains in each
 * millisecond. A new rate holds from the first put that comes under it.
 */
final class NaiveLeaky implements NaiveCounter {
  private record Poured(String id, long parts) {}

  private Policy.Leaky policy;
  private Flow flow;
  private List<Poured> queue = new ArrayList<>();
  private long gaps;
  private long atMillis;

  /** Whether some of what is in it came at another rate. */
  private boolean mixed;

  /** How it drains: in the largest parts that whole numbers can tell. */
  private record Flow(long partsPerOne, long partsPerMilli) {
    static Flow of(Rate rate) {
      var amount = BigInteger.valueOf(rate.amount());
      var period = BigInteger.valueOf(rate.period().toMillis());
      var common = amount.gcd(period);
      return new Flow(period.divide(common).longValue(), amount.divide(common).longValue());
    }

    /** Parts of another flow as parts of this, rounded up. */
    long convert(long parts, Flow other) {
      return (parts * partsPerOne + other.partsPerOne - 1) / other.partsPerOne;
    }
  }

  NaiveLeaky(Policy.Leaky policy) {
    this.policy = policy;
    this.flow = Flow.of(policy.rate());
  }

  @Override
  public NaiveCounter under(Policy other) {
    policy = (Policy.Leaky) other;
    return this;
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put put && put.n().isWhole())) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    long capacity =
        NaiveCounter.observes(policy) ? Integer.MAX_VALUE : policy.capacity().orElseThrow();
    if (capacity == 0 && put.n().whole() > 0 && put.ttl().isEmpty()) {
      return Outcome.REFUSED;
    }
    if (put.ttl().isPresent() || put.n().whole() < 0 || put.n().whole() > capacity) {
      return Outcome.IMPOSSIBLE;
    }
    var next = Flow.of(policy.rate());
    long level = next.convert(level(drained(when.instant())), flow);
    boolean fits = level + put.n().whole() * next.partsPerOne <= capacity * next.partsPerOne;
    return fits ? Outcome.ACCEPTED : Outcome.REFUSED;
  }

  @Override
  public boolean take(Event event, String id, When when) {
    drain(when.instant());
    if (event instanceof Event.Put put) {
      queue.add(new Poured(id, put.n().whole() * flow.partsPerOne));
    } else {
      queue.clear();
      gaps = 0;
      mixed = false;
    }
    return true;
  }

  @Override
  public boolean refuse(When when) {
    boolean changes = !flow.equals(Flow.of(policy.rate()));
    if (changes) {
      drain(when.instant());
    }
    return changes;
  }

  @Override
  public double countAt(long instant) {
    long wholeOnes = (level(drained(instant)) + flow.partsPerOne - 1) / flow.partsPerOne;
    return (double) wholeOnes;
  }

  @Override
  public double sharedAt(long instant) {
    return 0;
  }

  @Override
  public boolean isLiveAt(long instant) {
    return level(drained(instant)) + gapsAt(instant) > 0;
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    long left =
        drained(instant).stream().filter(each -> each.id.equals(id)).mapToLong(Poured::parts).sum();
    return Math.min(left / flow.partsPerOne, most.orElse(Long.MAX_VALUE));
  }

  /**
   * Where gaps are that releases made is not kept: they count as being before everything else. And
   * where the rate has changed, all the time counts at the faster one.
   */
  @Override
  public boolean isExact(long instant) {
    return gapsAt(instant) == 0 && !mixed && flow.equals(Flow.of(policy.rate()));
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return true;
  }

  @Override
  public void lose(String id, double amount, long instant) {
    drain(instant);
    long parts = ((long) amount) * flow.partsPerOne;
    queue.replaceAll(each -> each.id.equals(id) ? new Poured(id, each.parts - parts) : each);
    gaps += parts;
  }

  /** Lets time pass at the rate so far; from then on that of the policy holds. */
  private void drain(long instant) {
    var next = Flow.of(policy.rate());
    long gapsThen = gapsAt(instant);
    queue = drained(instant);
    if (next.partsPerOne != flow.partsPerOne) {
      long level = next.convert(level(queue), flow);
      queue = new ArrayList<>(List.of(new Poured("", level)));
    }
    gaps = next.convert(gapsThen, flow);
    mixed = (mixed || !next.equals(flow)) && level(queue) + gaps > 0;
    flow = next;
    atMillis = instant;
  }

  private List<Poured> drained(long instant) {
    long rest = (instant - atMillis) * flow.partsPerMilli;
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
    long afterWater = (instant - atMillis) * flow.partsPerMilli - level(queue);
    return Math.max(0, gaps - Math.max(0, afterWater));
  }

  private static long level(List<Poured> queue) {
    return queue.stream().mapToLong(Poured::parts).sum();
  }
}
