package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A number with a fraction (IEEE 754, double precision) within bounds, rounded to the nearest at
 * each put. It goes on with the value of a total.
 */
final class GaugeCounting implements Counting {
  private final Policy.Gauge policy;
  private final GaugeDecisions decisions;
  private final double lowest;
  private final double highest;
  private final double maxDelta;
  private final boolean observes;
  private final long journalMillis;

  GaugeCounting(Policy.Gauge policy) {
    this.policy = policy;
    this.decisions = new GaugeDecisions(policy.max());
    this.lowest = policy.min().orElse(-Double.MAX_VALUE);
    this.highest = policy.max().orElse(Double.MAX_VALUE);
    this.maxDelta = policy.maxDelta().orElse(Double.MAX_VALUE);
    this.observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    this.journalMillis = Counting.journalMillis(policy);
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
  public boolean canAdopt(Policy from) {
    return from instanceof Policy.Gauge || from instanceof Policy.Total;
  }

  @Override
  public State adopt(State before) {
    return before instanceof TotalState total
        ? new GaugeState(total.atMillis(), total.value())
        : before;
  }

  @Override
  public Optional<Decision.GaugeValue> gauge(State state) {
    return Optional.of(new Decision.GaugeValue(value((GaugeState) state), policy.max()));
  }

  @Override
  public OptionalLong moreAfterMillis(State state, long atMillis) {
    return OptionalLong.empty();
  }

  @Override
  public long journalMillis() {
    return journalMillis;
  }

  @Override
  public Optional<BigDecimal> number(State state, long atMillis) {
    return Optional.of(BigDecimal.valueOf(value((GaugeState) state)));
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    var state = (GaugeState) before;
    long instant = Counting.instant(before, atMillis, floorMillis);
    if (event instanceof Event.Put put) {
      return put.ttl().isEmpty()
          ? put(state, put.n().real(), instant)
          : impossible(state, "ttl is not for the kind gauge", instant);
    }
    if (event instanceof Event.SetValue set) {
      return set.ifAbsent() && state != null
          ? keep(state, instant)
          : set(state, set.value().real(), instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(0, instant));
    }
    return impossible(state, Decisions.notFor("gauge", event), instant);
  }

  /** A gauge adds nothing to totals. */
  @Override
  public boolean keepsSums() {
    return false;
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Event.Put put ? put.ttl().isEmpty() : !(event instanceof Write);
  }

  private Folded put(GaugeState before, double n, long instant) {
    boolean tooMuch = Math.abs(n) > maxDelta;
    String why = tooMuch ? "n is " + n + "; maxDelta is " + maxDelta : null;
    if (tooMuch && !observes) {
      return impossible(before, why, instant);
    }
    double sum = value(before) + n;
    if (Double.isInfinite(sum)) {
      return impossible(before, "n is " + n + "; the value would be infinite", instant);
    }
    if (n == 0) {
      return Folded.unchanged(before, decisions.accepted(sum, instant));
    }
    return change(before, sum, tooMuch ? why : passed(sum, n), instant);
  }

  private Folded set(GaugeState before, double wanted, long instant) {
    String why = wanted > highest ? above(wanted) : below(wanted);
    return change(before, wanted, why, instant);
  }

  private Folded keep(GaugeState before, long instant) {
    String why = "the counter exists, so it keeps its value";
    return Folded.unchanged(before, decisions.accepted(before.value(), instant, why));
  }

  /** To another value, which {@code why} speaks against, if that is not null. */
  private Folded change(GaugeState before, double wanted, String why, long instant) {
    if (why != null && !observes) {
      return Folded.unchanged(before, decisions.refused(why, value(before), instant));
    }
    var after = new GaugeState(instant, wanted);
    return Folded.replaced(
        after,
        why == null
            ? decisions.accepted(after.value(), instant)
            : decisions.observed(why, after.value(), instant));
  }

  private Folded impossible(GaugeState before, String why, long instant) {
    return Folded.unchanged(before, decisions.impossible(why, value(before), instant));
  }

  private String passed(double sum, double n) {
    return n > 0 ? above(sum) : below(sum);
  }

  private String above(double value) {
    return value > highest ? "the max of " + highest + " would be passed" : null;
  }

  private String below(double value) {
    return value < lowest ? "the min of " + lowest + " would be passed" : null;
  }

  private static double value(GaugeState state) {
    return state == null ? 0 : state.value();
  }

  /**
   * Takes back the whole put, where a put that does so would be within the bounds. A part of it is
   * never taken back, since a part of a fraction would be rounded once more.
   */
  @Override
  public Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    var state = (GaugeState) before;
    double n = amount(added);
    if (state == null || n == 0) {
      return Released.nothing(before, decisions.nothingReleased(value(state), instant));
    }
    if (most.isPresent() && most.getAsLong() < Math.abs(n)) {
      String why = "n is less than the put's, " + n + "; a gauge releases a put as a whole";
      return Released.none(before, decisions.impossible(why, state.value(), instant), added);
    }
    double rest = state.value() - n;
    String why = Double.isInfinite(rest) ? "the value would be infinite" : passed(rest, -n);
    if (why != null && (!observes || Double.isInfinite(rest))) {
      return Released.none(before, decisions.refused(why, state.value(), instant), added);
    }
    var after = new GaugeState(instant, rest);
    var decision = decisions.released(n, Optional.ofNullable(why), after.value(), instant);
    return Released.all(Folded.replaced(after, decision));
  }

  /** What a put added, to this gauge or to the total that it was before; 0 for others. */
  private static double amount(Added added) {
    if (added instanceof Added.Real put) {
      return put.n();
    }
    return added instanceof Added.Summed put ? put.n() : 0;
  }
}
