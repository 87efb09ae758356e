package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Decision.Details;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Decisions about a gauge under one max: with its value, and without a count. */
final class GaugeDecisions {
  private final OptionalDouble limit;

  GaugeDecisions(OptionalDouble limit) {
    this.limit = limit;
  }

  Decision accepted(double value, long atMillis) {
    return decision(Outcome.ACCEPTED, Optional.empty(), value, atMillis);
  }

  Decision accepted(double value, long atMillis, String remark) {
    return decision(Outcome.ACCEPTED, Optional.of(remark), value, atMillis);
  }

  /** What would have been refused, or be impossible, if the policy did not only observe. */
  Decision observed(String reason, double value, long atMillis) {
    var details = new Details(false, true, OptionalLong.empty(), gauge(value), List.of());
    return accepted(value, atMillis, reason).with(details);
  }

  Decision refused(String reason, double value, long atMillis) {
    return decision(Outcome.REFUSED, Optional.of(reason), value, atMillis);
  }

  Decision impossible(String reason, double value, long atMillis) {
    return decision(Outcome.IMPOSSIBLE, Optional.of(reason), value, atMillis);
  }

  /**
   * A release that took {@code n} back.
   *
   * @param observed why it would have been refused if the policy did not only observe
   */
  Decision released(double n, Optional<String> observed, double value, long atMillis) {
    var details = new Details(false, observed.isPresent(), whole(n), gauge(value), List.of());
    return decision(Outcome.ACCEPTED, observed, value, atMillis).with(details);
  }

  /** A release that found nothing to take back. */
  Decision nothingReleased(double value, long atMillis) {
    var details = new Details(false, false, OptionalLong.of(0), gauge(value), List.of());
    return accepted(value, atMillis, Decisions.NOTHING_LEFT).with(details);
  }

  private Decision decision(Outcome outcome, Optional<String> reason, double value, long atMillis) {
    return new Decision(outcome, reason, atMillis).with(Details.of(new GaugeValue(value, limit)));
  }

  private Optional<GaugeValue> gauge(double value) {
    return Optional.of(new GaugeValue(value, limit));
  }

  /** A number as a long, where it is one. */
  private static OptionalLong whole(double n) {
    boolean isLong = Math.abs(n) < 0x1p63 && (long) n == n;
    return isLong ? OptionalLong.of((long) n) : OptionalLong.empty();
  }
}
