package io.countess.door.envoy;

import io.countess.door.envoy.Rule.Limit;
import io.countess.event.Amount;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request wants of one counter.
 *
 * @param hits how much; 0 only looks
 */
record Want(CounterName counter, Limit limit, long hits) {
  /** Those of a request. Descriptors of one counter are counted together, by the lower limit. */
  static List<Want> of(List<Asked> all) {
    Map<CounterName, Want> wants = new LinkedHashMap<>();
    for (Asked asked : all) {
      asked
          .counter()
          .map(counter -> new Want(counter, asked.limit().orElseThrow(), asked.hits()))
          .ifPresent(want -> wants.merge(want.counter, want, Want::and));
    }
    return new ArrayList<>(wants.values());
  }

  private Want and(Want other) {
    Limit lower = other.limit.requests() < limit.requests() ? other.limit : limit;
    return new Want(counter, lower, hits + other.hits);
  }

  /** A put that brings the limit, so that it is decided by the configuration of this moment. */
  Event event(Optional<String> id) {
    return new Event.Put(Amount.of(hits), Optional.empty(), id).bringing(limit.policy());
  }

  /** What was decided about it; empty where it is about something else than the limit. */
  Optional<Standing> standing(Decision decision) {
    long count = decision.count().orElse(0);
    var accepted = new Standing(this, isPassedBy(count), left(count), decision.atMillis());
    var refused = new Standing(this, true, left(count), decision.atMillis());
    return switch (decision.outcome()) {
      case ACCEPTED, LATE -> Optional.of(accepted);
      case REFUSED -> decision.details().overIds() ? Optional.empty() : Optional.of(refused);
      case IMPOSSIBLE ->
          hits > limit.requests() && decision.limit().isPresent()
              ? Optional.of(refused)
              : Optional.empty();
      case CONFLICT, OUTDATED -> Optional.empty();
    };
  }

  private long left(long count) {
    return Math.max(0, limit.requests() - count);
  }

  /** A look tells of a limit that was lowered under what is counted. */
  private boolean isPassedBy(long count) {
    return hits == 0 && !limit.isShadow() && count > limit.requests();
  }

  /**
   * How it stands with one counter.
   *
   * @param isOver whether its limit refuses the request
   * @param left how many requests it has left
   * @param atMillis when that was decided
   */
  record Standing(Want want, boolean isOver, long left, long atMillis) {
    /** The same, where what was counted is given back. */
    Standing givenBack() {
      long most = want.limit.requests();
      return isOver ? this : new Standing(want, false, Math.min(most, left + want.hits), atMillis);
    }
  }
}
