package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Policy;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A leaky bucket as a meter (ITU-T I.371, the continuous-state leaky bucket algorithm): conforming
 * puts raise the level, others leave it as it is.
 *
 * <p>A bucket that only observes may be filled above its capacity, up to what a long can count, and
 * drains from there.
 */
final class LeakyCounting implements Counting {
  private static final String OVERFLOWS = "the level would pass 64 bits";

  private final Policy.Leaky policy;
  private final Decisions decisions;
  private final Drain drain;
  private final long most;
  private final long capacity;
  private final long capacityUnits;
  private final boolean observes;

  LeakyCounting(Policy.Leaky policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.capacity());
    this.drain = Drain.of(policy.rate());
    this.most = Long.MAX_VALUE / drain.unitsPerOne();
    this.capacity = policy.capacity().orElse(most);
    this.capacityUnits = capacity * drain.unitsPerOne();
    this.observes = policy.terms().mode() == Policy.Mode.OBSERVE;
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
  public boolean drains() {
    return true;
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (LeakyState) before;
    long level = level(state, instant);
    if (event instanceof Event.Put put && put.n().isWhole()) {
      return put(state, level, put, instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(0, instant));
    }
    return impossible(state, Decisions.notFor("leaky", event), level, instant);
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Event.Put put
        ? put.n().isWhole() && put.n().whole() >= 0 && put.ttl().isEmpty()
        : event instanceof Event.Reset;
  }

  private Folded put(LeakyState before, long level, Event.Put put, long instant) {
    long n = put.n().whole();
    if (capacity == 0 && n > 0 && put.ttl().isEmpty() && !observes) {
      var refused = decisions.refused(capacityReached(), drain.ones(level), instant);
      return refused(before, refused, instant);
    }
    String never = whyNever(put, level);
    if (never != null) {
      return impossible(before, never, level, instant);
    }
    if (n == 0) {
      return Folded.unchanged(before, decisions.accepted(drain.ones(level), instant));
    }
    long units = n * drain.unitsPerOne();
    boolean exceeds = level > capacityUnits - units;
    if (exceeds && !observes) {
      return refuse(before, level, units, instant);
    }
    long count = drain.ones(level + units);
    return Folded.replaced(
        poured(before, level, units, instant),
        exceeds && policy.capacity().isPresent()
            ? decisions.observed(capacityReached(), count, instant)
            : decisions.accepted(count, instant));
  }

  private LeakyState poured(LeakyState before, long level, long units, long instant) {
    return before == null || before.gaps() == 0
        ? new LeakyState(instant, level + units, drain)
        : before.at(instant, drain).plus(units);
  }

  private String whyNever(Event.Put put, long level) {
    long n = put.n().whole();
    if (put.ttl().isPresent()) {
      return "ttl is not for the kind leaky";
    }
    if (n < 0) {
      return "n is " + n + "; a counter of the kind leaky can't be reduced";
    }
    if (n > capacity && !observes && policy.capacity().isPresent()) {
      return "n is " + n + "; the capacity is " + capacity;
    }
    boolean overflows = n > most || observes && level > Long.MAX_VALUE - n * drain.unitsPerOne();
    return overflows ? "n is " + n + "; " + OVERFLOWS : null;
  }

  /**
   * A refused put consumes nothing. But where the rate has changed since the last put, the new one
   * holds from here on. Else a full bucket would go on draining as before until it takes a put, and
   * the wait in the answer would be wrong.
   */
  @Override
  public State refusedAt(State before, long instant) {
    var bucket = (LeakyState) before;
    boolean keeps = bucket == null || bucket.drain().equals(drain);
    return keeps ? bucket : bucket.at(instant, drain);
  }

  private Folded refused(LeakyState before, Decision refused, long instant) {
    return Folded.replaced(refusedAt(before, instant), refused);
  }

  private Folded refuse(LeakyState before, long level, long units, long instant) {
    long wait = drain.millisFor(level - (capacityUnits - units));
    var refused = decisions.refusedFor(wait, capacityReached(), drain.ones(level), instant);
    return refused(before, refused, instant);
  }

  /** A peek brings the bucket under no new rate: up to the put in question it drains as it did. */
  @Override
  public Decision peek(State state, Amount n, long atMillis) {
    Decision decision = Counting.super.peek(state, n, atMillis);
    if (decision.retryAfterMillis().isEmpty()) {
      return decision;
    }
    var bucket = (LeakyState) state;
    long units = n.whole() * drain.unitsPerOne();
    long room = bucket.drain().convertDown(capacityUnits - units, drain);
    long excess = bucket.levelAt(atMillis) - room;
    return decision.retryAfter(OptionalLong.of(bucket.drain().millisFor(excess)));
  }

  /**
   * Until one more has drained. The next put brings the bucket under the policy's rate; until then
   * it may drain at a faster rate of its own.
   */
  @Override
  public OptionalLong moreAfterMillis(State state, long atMillis) {
    if (policy.capacity().isEmpty() || capacity == 0) {
      return OptionalLong.empty();
    }
    var bucket = (LeakyState) state;
    long level = level(bucket, atMillis);
    long left = Math.max(0, capacity - drain.ones(level));
    long room = (capacity - left - 1) * drain.unitsPerOne();
    long wait = drain.millisFor(level - room);
    if (room < 0 || bucket.drain().equals(drain)) {
      return OptionalLong.of(wait);
    }
    long excess = bucket.levelAt(atMillis) - bucket.drain().convertDown(room, drain);
    return OptionalLong.of(Math.min(wait, bucket.drain().millisFor(excess)));
  }

  /** Without a capacity of its own a bucket holds what a long can count. */
  private String capacityReached() {
    return policy.capacity().isPresent()
        ? "the capacity of " + capacity + " is reached"
        : OVERFLOWS;
  }

  private Folded impossible(State before, String why, long level, long instant) {
    return Folded.unchanged(before, decisions.impossible(why, drain.ones(level), instant));
  }

  private long level(LeakyState state, long instant) {
    return state == null ? 0 : drain.convert(state.levelAt(instant), state.drain());
  }

  /**
   * Takes water out exactly, and says how many whole ones that was: never more than came back. A
   * release comes under a new rate like a put.
   */
  @Override
  public Released release(
      State before, Added added, OptionalLong atMost, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    if (before == null || !(added instanceof Added.Poured put)) {
      long count = drain.ones(level((LeakyState) before, instant));
      return Released.nothing(before, decisions.nothingReleased(count, instant));
    }
    LeakyState bucket = ((LeakyState) before).at(instant, drain);
    var own = BucketRemainder.of(put, bucket);
    if (own.left() == 0) {
      long count = drain.ones(bucket.level());
      return Released.nothing(before, decisions.nothingReleased(count, instant));
    }
    long ones = Math.min(atMost.orElse(Long.MAX_VALUE), most);
    long units = Math.min(own.left(), ones * drain.unitsPerOne());
    LeakyState after = bucket.minus(units);
    long count = drain.ones(after.level());
    var decision = decisions.released(units / drain.unitsPerOne(), count, instant);
    var rest = units < own.left() ? own.without(units, after) : null;
    return new Released(Folded.replaced(after, decision), Optional.ofNullable(rest));
  }
}
