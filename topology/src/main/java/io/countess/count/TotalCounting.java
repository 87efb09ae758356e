package io.countess.count;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;

/**
 * A running sum within bounds. A put is refused where it would leave the bounds, or lead further
 * away from them where a policy change has left the value outside; one that leads back is accepted.
 */
final class TotalCounting implements Counting {
  private final Policy.Total policy;
  private final Decisions decisions;
  private final long lowest;
  private final long highest;

  TotalCounting(Policy.Total policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.limit());
    this.lowest = policy.lowest();
    this.highest = policy.highest();
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public long initial() {
    return policy.initial();
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    long value = before == null ? policy.initial() : ((TotalState) before).value();
    if (event instanceof Event.Put put) {
      return put(before, value, put, instant);
    }
    if (event instanceof Event.SetValue set) {
      return set(before, value, set, instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(policy.initial(), instant));
    }
    throw new InvalidInputException("op", "is not for the kind total");
  }

  private Folded put(State before, long value, Event.Put put, long instant) {
    long n = put.n();
    String never = whyNever(put, value);
    if (never != null) {
      return Folded.unchanged(before, decisions.impossible(never, value, instant));
    }
    if (n == 0) {
      return Folded.unchanged(before, decisions.accepted(value, instant));
    }
    long sum = value + n;
    String bound = n > 0 ? above(sum) : below(sum);
    if (bound != null) {
      return Folded.unchanged(before, decisions.refused(bound, value, instant));
    }
    return Folded.replaced(new TotalState(instant, sum), decisions.accepted(sum, instant));
  }

  private Folded set(State before, long value, Event.SetValue set, long instant) {
    if (set.ifAbsent() && before != null) {
      return Folded.unchanged(
          before, decisions.accepted(value, instant, "the counter exists, so it keeps its value"));
    }
    long wanted = set.value();
    String bound = wanted > highest ? above(wanted) : below(wanted);
    if (bound != null) {
      return Folded.unchanged(before, decisions.refused(bound, value, instant));
    }
    return Folded.replaced(new TotalState(instant, wanted), decisions.accepted(wanted, instant));
  }

  private String whyNever(Event.Put put, long value) {
    long n = put.n();
    if (put.ttl().isPresent()) {
      return "ttl is not for the kind total";
    }
    if (policy.maxDelta().isPresent()) {
      long maxDelta = policy.maxDelta().getAsLong();
      if (n > maxDelta || n < -maxDelta) {
        return "n is " + n + "; maxDelta is " + maxDelta;
      }
    }
    long sum = value + n;
    boolean overflow = ((value ^ sum) & (n ^ sum)) < 0;
    return overflow ? "n is " + n + "; the value would pass 64 bits" : null;
  }

  private String above(long value) {
    if (value <= highest) {
      return null;
    }
    boolean byLimit = policy.limit().isPresent() && policy.limit().getAsLong() == highest;
    return "the " + (byLimit ? "limit" : "max") + " of " + highest + " would be passed";
  }

  private String below(long value) {
    return value >= lowest ? null : "the min of " + lowest + " would be passed";
  }
}
