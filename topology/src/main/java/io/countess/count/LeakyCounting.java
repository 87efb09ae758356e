package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Policy;

/**
 * A leaky bucket as a meter (ITU-T I.371, the continuous-state leaky bucket algorithm): conforming
 * puts raise the level, others leave it as it is.
 */
final class LeakyCounting implements Counting {
  private final Policy.Leaky policy;
  private final Decisions decisions;
  private final Drain drain;
  private final long capacity;
  private final long capacityUnits;

  LeakyCounting(Policy.Leaky policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.capacity());
    this.drain = Drain.of(policy.rate());
    this.capacity = policy.capacity().orElse(Long.MAX_VALUE / drain.unitsPerOne());
    this.capacityUnits = capacity * drain.unitsPerOne();
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public long initial() {
    return 0;
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (LeakyState) before;
    long level = level(state, instant);
    if (event instanceof Event.Put put) {
      return put(state, level, put, instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(0, instant));
    }
    return impossible(state, "a counter of the kind leaky can't be set", level, instant);
  }

  private Folded put(LeakyState before, long level, Event.Put put, long instant) {
    long n = put.n();
    if (put.ttl().isPresent()) {
      return impossible(before, "ttl is not for the kind leaky", level, instant);
    }
    if (n < 0) {
      String why = "n is " + n + "; a counter of the kind leaky can't be reduced";
      return impossible(before, why, level, instant);
    }
    if (n > capacity) {
      String why = "n is " + n + "; the capacity is " + capacity;
      return impossible(before, why, level, instant);
    }
    if (n == 0) {
      return Folded.unchanged(before, decisions.accepted(drain.ones(level), instant));
    }
    long units = n * drain.unitsPerOne();
    if (level > capacityUnits - units) {
      return refuse(before, level, units, instant);
    }
    var after = new LeakyState(instant, level + units, drain);
    return Folded.replaced(after, decisions.accepted(drain.ones(level + units), instant));
  }

  /**
   * A refused put consumes nothing. But where the rate has changed since the last put, the new one
   * holds from here on: else a full bucket would go on draining as before until it takes a put, and
   * the wait that is answered would be wrong.
   */
  private Folded refuse(LeakyState before, long level, long units, long instant) {
    long excess = level - (capacityUnits - units);
    boolean sameRate = before.drain().equals(drain);
    return Folded.replaced(
        sameRate ? before : new LeakyState(instant, level, drain),
        decisions.refusedFor(
            drain.millisFor(excess),
            "the capacity of " + capacity + " is reached",
            drain.ones(level),
            instant));
  }

  private Folded impossible(State before, String why, long level, long instant) {
    return Folded.unchanged(before, decisions.impossible(why, drain.ones(level), instant));
  }

  private long level(LeakyState state, long instant) {
    return state == null ? 0 : drain.convert(state.levelAt(instant), state.drain());
  }
}
