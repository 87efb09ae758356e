package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Outcome;
import java.util.Optional;
import java.util.OptionalLong;

/** Decisions under one limit, at one instant. */
final class Decisions {
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
        outcome, reason, OptionalLong.of(count), limit, retry, atMillis, Optional.empty());
  }
}
