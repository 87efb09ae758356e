package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Decision.Details;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Write;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Decisions under one limit, at one instant. */
final class Decisions {
  /** Why a release took nothing back. */
  static final String NOTHING_LEFT = "nothing is left of the put";

  private static final Details OBSERVED =
      new Details(false, true, OptionalLong.empty(), Optional.empty(), List.of());

  private final OptionalLong limit;

  Decisions(OptionalLong limit) {
    this.limit = limit;
  }

  Decision accepted(long count, long atMillis) {
    return decision(Outcome.ACCEPTED, Optional.empty(), count, OptionalLong.empty(), atMillis);
  }

  Decision accepted(long count, long atMillis, String remark) {
    return decision(Outcome.ACCEPTED, Optional.of(remark), count, OptionalLong.empty(), atMillis);
  }

  /** What would have been refused, or be impossible, if the policy did not only observe. */
  Decision observed(String reason, long count, long atMillis) {
    return accepted(count, atMillis, reason).with(OBSERVED);
  }

  /** A release that took {@code amount} back. */
  Decision released(long amount, long count, long atMillis) {
    return released(amount, Optional.empty(), count, atMillis);
  }

  /**
   * A release that took {@code amount} back.
   *
   * @param observed why it would have been refused if the policy did not only observe
   */
  Decision released(long amount, Optional<String> observed, long count, long atMillis) {
    var details =
        new Details(
            false, observed.isPresent(), OptionalLong.of(amount), Optional.empty(), List.of());
    return decision(Outcome.ACCEPTED, observed, count, OptionalLong.empty(), atMillis)
        .with(details);
  }

  /** A release that found nothing to take back. */
  Decision nothingReleased(long count, long atMillis) {
    var details = released(0, count, atMillis).details();
    return accepted(count, atMillis, NOTHING_LEFT).with(details);
  }

  Decision late(long count, long atMillis) {
    return decision(
        Outcome.LATE,
        Optional.of("the put had ended before the instant of decision"),
        count,
        OptionalLong.empty(),
        atMillis);
  }

  Decision refused(String reason, long count, long atMillis) {
    return decision(Outcome.REFUSED, Optional.of(reason), count, OptionalLong.empty(), atMillis);
  }

  Decision refusedFor(long waitMillis, String reason, long count, long atMillis) {
    return decision(
        Outcome.REFUSED, Optional.of(reason), count, OptionalLong.of(waitMillis), atMillis);
  }

  Decision impossible(String reason, long count, long atMillis) {
    return decision(Outcome.IMPOSSIBLE, Optional.of(reason), count, OptionalLong.empty(), atMillis);
  }

  private Decision decision(
      Outcome outcome, Optional<String> reason, long count, OptionalLong retry, long atMillis) {
    return new Decision(
        outcome,
        reason,
        OptionalLong.of(count),
        limit,
        retry,
        OptionalLong.empty(),
        OptionalLong.empty(),
        atMillis,
        Optional.empty(),
        Decision.Details.NONE);
  }

  /** Why an event that is no put of a whole number and no reset is not for a kind. */
  static String notFor(String kind, Event event) {
    if (event instanceof Event.Put put) {
      return "n is "
          + put.n()
          + "; a counter of the kind "
          + kind
          + " takes whole numbers of 64 bits";
    }
    if (event instanceof Event.SetValue) {
      return "a counter of the kind " + kind + " can't be set";
    }
    if (event instanceof Write) {
      return "a write is for counters of the kind value; this one is of the kind " + kind;
    }
    throw new IllegalArgumentException("no counter takes " + event);
  }
}
