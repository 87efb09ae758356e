package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Policy;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts puts that have not ended, in buckets of equal ends. */
final class ExpiringCounting implements Counting {
  private final Policy.Expiring policy;
  private final Decisions decisions;
  private final long ttlMillis;
  private final long resolutionMillis;
  private final long limit;
  private final boolean observes;

  ExpiringCounting(Policy.Expiring policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.limit());
    this.ttlMillis = policy.ttl().toMillis();
    this.resolutionMillis = Resolution.of(ttlMillis);
    this.limit = policy.limit().orElse(Long.MAX_VALUE);
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
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (ExpiringState) before;
    if (event instanceof Event.Put put && put.n().isWhole()) {
      return put(state, put, end(put, atMillis), instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(0, instant));
    }
    String why = Decisions.notFor("expiring", event);
    return Folded.unchanged(state, decisions.impossible(why, count(state, instant), instant));
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Event.Put put
        ? put.n().isWhole() && put.n().whole() >= 0
        : event instanceof Event.Reset;
  }

  private Folded put(ExpiringState state, Event.Put put, long end, long instant) {
    long count = count(state, instant);
    long n = put.n().whole();
    if (limit == 0 && n > 0 && !observes) {
      return Folded.unchanged(state, decisions.refused(limitReached(), count, instant));
    }
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
    boolean exceeds = count + n > limit;
    if (exceeds && !observes) {
      return refuse(state, n, count, instant);
    }
    var after = ExpiringState.add(state, instant, end, n);
    var decision =
        exceeds
            ? decisions.observed(limitReached(), count + n, instant)
            : decisions.accepted(count + n, instant);
    return new Folded(after, decision, end, n);
  }

  private Folded refuse(ExpiringState state, long n, long count, long instant) {
    long wait = state.whenAtMost(limit - n, instant) - instant;
    return Folded.unchanged(state, decisions.refusedFor(wait, limitReached(), count, instant));
  }

  private String limitReached() {
    return "the limit of " + limit + " is reached";
  }

  private String whyNever(long n, long count) {
    if (n < 0) {
      return "n is " + n + "; a counter of the kind expiring can't be reduced";
    }
    if (n > limit && !observes) {
      return "n is " + n + "; the limit is " + limit;
    }
    return n > Long.MAX_VALUE - count ? "n is " + n + "; the count would pass 64 bits" : null;
  }

  /**
   * Until the first of what is there ends; or, where there is room, what would be put into it now.
   */
  @Override
  public OptionalLong moreAfterMillis(State state, long atMillis) {
    if (policy.limit().isEmpty() || limit == 0) {
      return OptionalLong.empty();
    }
    long count = count((ExpiringState) state, atMillis);
    long left = Math.max(0, limit - count);
    long wait = Long.MAX_VALUE;
    if (count > 0) {
      wait = ((ExpiringState) state).whenAtMost(limit - left - 1, atMillis) - atMillis;
    }
    long next = Resolution.end(atMillis, ttlMillis, resolutionMillis) - atMillis;
    return OptionalLong.of(left > 0 ? Math.min(wait, next) : wait);
  }

  @Override
  public Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (ExpiringState) before;
    long count = count(state, instant);
    long left = state == null ? 0 : left(state, added, instant);
    if (left == 0) {
      return Released.nothing(before, decisions.nothingReleased(count, instant));
    }
    long end = ((Added.Ending) added).endMillis();
    long n = Released.part(most, left);
    var after = ExpiringState.take(state, instant, end, n);
    var decision = decisions.released(n, count - n, instant);
    var rest = n < left ? new Added.Ending(end, left - n) : null;
    return new Released(new Folded(after, decision, end, -n), Optional.ofNullable(rest));
  }

  private static long left(ExpiringState state, Added added, long instant) {
    if (!(added instanceof Added.Ending put) || put.endMillis() <= instant) {
      return 0;
    }
    return Math.max(0, Math.min(put.n(), state.amountEnding(put.endMillis())));
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
