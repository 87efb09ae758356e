package io.countess.cli.soak;

import io.countess.answer.Count;
import io.countess.cli.soak.Log.Entry;
import io.countess.cli.soak.NaiveCounter.When;
import io.countess.event.Event;
import io.countess.event.Policy;

/** A counter of the model: its arithmetic, and when it changed last. */
final class Counter {
  private NaiveCounter arithmetic;
  private Policy policy;
  private long lastMillis;

  Counter(Policy policy) {
    this.policy = policy;
    this.arithmetic = NaiveCounter.of(policy);
  }

  NaiveCounter arithmetic() {
    return arithmetic;
  }

  Policy policy() {
    return policy;
  }

  /**
   * When an event is decided; time does not run backwards for a counter. What a server stamped
   * happens at once, also where a producer has taken the counter ahead.
   */
  When when(Entry entry) {
    long instant = Math.max(entry.millis(), lastMillis);
    return new When(entry.isStamped() ? instant : entry.millis(), instant);
  }

  void keep(Policy next) {
    policy = next;
    arithmetic =
        next instanceof Policy.Limits limits
            ? NaiveLimits.of(arithmetic, limits)
            : arithmetic.under(next);
  }

  void reset(Policy next) {
    policy = next;
    arithmetic = NaiveCounter.of(next);
    lastMillis = 0;
  }

  void take(Event event, String id, When when) {
    changed(arithmetic.take(event, id, when), when);
  }

  void refuse(When when) {
    changed(arithmetic.refuse(when), when);
  }

  void lose(String id, double amount, When when) {
    if (amount != 0) {
      boolean moves = !arithmetic.isOver(id, when.instant());
      arithmetic.lose(id, amount, when.instant());
      changed(moves, when);
    }
  }

  /**
   * What is nothing any more has no last change, and starts anew: at an earlier instant, which may
   * come since some event was ahead of its time, none of what has ended counts again.
   */
  private void changed(boolean changed, When when) {
    if (!changed) {
      return;
    }
    boolean there = arithmetic.isThereAt(when.instant());
    lastMillis = there ? when.instant() : 0;
    if (!there) {
      arithmetic = NaiveCounter.of(policy);
    }
  }

  /** Whether it is what an answer says. */
  boolean is(Count counted) {
    long at = counted.atMillis();
    boolean gauge = counted.gauge().isPresent();
    double count = gauge ? counted.gauge().get().value() : counted.count();
    return at >= lastMillis
        && gauge == policy instanceof Policy.Gauge
        && count == arithmetic.countAt(at)
        && counted.held().isPresent() == (policy instanceof Policy.Value && counted.exists())
        && counted.exists() == arithmetic.isLiveAt(at)
        && counted.limit().equals(policy.limit());
  }
}
