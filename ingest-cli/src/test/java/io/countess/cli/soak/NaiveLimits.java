package io.countess.cli.soak;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Several counters, of which none takes what one of them refuses. The first stands for all. */
final class NaiveLimits implements NaiveCounter {
  private final List<NaiveCounter> each = new ArrayList<>();

  NaiveLimits(Policy.Limits policy) {
    under(policy);
  }

  /** Goes on with what was counted under one limit, or several. */
  static NaiveLimits of(NaiveCounter before, Policy.Limits policy) {
    if (before instanceof NaiveLimits several) {
      several.under(policy);
      return several;
    }
    var limits = new NaiveLimits(policy);
    limits.each.set(0, before.under(under(policy, 0)));
    return limits;
  }

  @Override
  public NaiveCounter under(Policy policy) {
    var limits = (Policy.Limits) policy;
    for (int i = 0; i < limits.limits().size(); i++) {
      Policy one = under(limits, i);
      if (i < each.size()) {
        each.set(i, each.get(i).under(one));
      } else {
        each.add(NaiveCounter.of(one));
      }
    }
    return this;
  }

  private static Policy under(Policy.Limits policy, int limit) {
    Policy one = policy.limits().get(limit);
    return one.with(one.terms().in(policy.terms().mode()));
  }

  @Override
  public Outcome outcome(Event event, When when) {
    if (!(event instanceof Event.Put)) {
      return event instanceof Event.Reset ? Outcome.ACCEPTED : Outcome.IMPOSSIBLE;
    }
    var outcomes = each.stream().map(one -> one.outcome(event, when)).toList();
    if (outcomes.contains(Outcome.IMPOSSIBLE)) {
      return Outcome.IMPOSSIBLE;
    }
    if (outcomes.contains(Outcome.REFUSED)) {
      return Outcome.REFUSED;
    }
    return outcomes.contains(Outcome.ACCEPTED) ? Outcome.ACCEPTED : Outcome.LATE;
  }

  @Override
  public boolean take(Event event, String id, When when) {
    each.stream()
        .filter(one -> one.outcome(event, when) == Outcome.ACCEPTED)
        .forEach(one -> one.take(event, id, when));
    return true;
  }

  @Override
  public boolean refuse(When when) {
    boolean changes = false;
    for (NaiveCounter one : each) {
      changes |= one.isLiveAt(when.instant()) && one.refuse(when);
    }
    return changes;
  }

  @Override
  public double countAt(long instant) {
    return each.get(0).countAt(instant);
  }

  @Override
  public double sharedAt(long instant) {
    return each.get(0).sharedAt(instant);
  }

  @Override
  public boolean isLiveAt(long instant) {
    return each.stream().anyMatch(one -> one.isLiveAt(instant));
  }

  @Override
  public double left(String id, OptionalLong most, long instant) {
    return each.stream()
        .map(one -> one.left(id, most, instant))
        .reduce(0.0, (one, other) -> Math.abs(other) > Math.abs(one) ? other : one);
  }

  @Override
  public Outcome losing(String id, double amount, OptionalLong most, long instant) {
    return each.stream()
            .allMatch(
                one ->
                    one.losing(id, one.left(id, most, instant), most, instant) == Outcome.ACCEPTED)
        ? Outcome.ACCEPTED
        : Outcome.REFUSED;
  }

  @Override
  public boolean canLose(double amount, long instant) {
    return each.stream().allMatch(one -> one.canLose(amount, instant));
  }

  /** Each gives what it has left of it, and no more than that one does that gives most. */
  @Override
  public void lose(String id, double amount, long instant) {
    for (NaiveCounter one : each) {
      double own = one.left(id, OptionalLong.of((long) Math.abs(amount)), instant);
      if (own != 0) {
        one.lose(id, own, instant);
      }
    }
  }
}
