package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Policy;

/** Counts puts that have not ended, in buckets of equal ends. */
final class ExpiringCounting implements Counting {
  private final Policy.Expiring policy;
  private final Decisions decisions;
  private final long ttlMillis;
  private final long resolutionMillis;
  private final long limit;

  ExpiringCounting(Policy.Expiring policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.limit());
    this.ttlMillis = policy.ttl().toMillis();
    this.resolutionMillis = Resolution.of(ttlMillis);
    this.limit = policy.limit().orElse(Long.MAX_VALUE);
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
    var state = (ExpiringState) before;
    if (event instanceof Event.Put put) {
      return put(state, put, end(put, atMillis), instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(0, instant));
    }
    return Folded.unchanged(
        state,
        decisions.impossible(
            "a counter of the kind expiring can't be set", count(state, instant), instant));
  }

  private Folded put(ExpiringState state, Event.Put put, long end, long instant) {
    long count = count(state, instant);
    long n = put.n();
    String never = whyNever(n, count);
    if (never != null) {
      return Folded.unchanged(state, decisions.impossible(never, count, instant));
    }
    if (n == 0) {
      return Folded.unchanged(state, decisions.accepted(count, instant));
    }
    if (end <= instant) {
      return Folded.unchanged(state, decisions.late(count, instant));
    }
    if (count + n > limit) {
      long when = state.whenAtMost(limit - n, instant);
      return Folded.unchanged(
          state,
          decisions.refusedFor(
              when - instant, "the limit of " + limit + " is reached", count, instant));
    }
    var after = ExpiringState.add(state, instant, end, n);
    return new Folded(after, decisions.accepted(count + n, instant), end, n);
  }

  private String whyNever(long n, long count) {
    if (n < 0) {
      return "n is " + n + "; a counter of the kind expiring can't be reduced";
    }
    if (n > limit) {
      return "n is " + n + "; the limit is " + limit;
    }
    return n > Long.MAX_VALUE - count ? "n is " + n + "; the count would pass 64 bits" : null;
  }

  private long end(Event.Put put, long atMillis) {
    if (put.ttl().isEmpty()) {
      return Resolution.end(atMillis, ttlMillis, resolutionMillis);
    }
    long own = put.ttl().get().toMillis();
    return Resolution.end(atMillis, own, Resolution.of(own));
  }

  private static long count(ExpiringState state, long millis) {
    return state == null ? 0 : state.countAt(millis);
  }
}
