package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Policy;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A running sum within bounds. A put is refused where it would leave the bounds. A policy change
 * may have left the value outside: then a put that leads back is accepted, and one that leads
 * further away is refused.
 */
final class TotalCounting implements Counting {
  private final Policy.Total policy;
  private final Decisions decisions;
  private final Bounds bounds;
  private final boolean observes;
  private final long journalMillis;

  TotalCounting(Policy.Total policy) {
    this.policy = policy;
    this.decisions = new Decisions(policy.limit());
    this.bounds = Bounds.of(policy);
    this.observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    this.journalMillis = Counting.journalMillis(policy);
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
  public long journalMillis() {
    return journalMillis;
  }

  @Override
  public Optional<BigDecimal> number(State state, long atMillis) {
    long value = state == null ? policy.initial() : ((TotalState) state).value();
    return Optional.of(BigDecimal.valueOf(value));
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    long value = before == null ? policy.initial() : ((TotalState) before).value();
    if (event instanceof Event.Put put && put.n().isWhole()) {
      return put(before, value, put, instant);
    }
    if (event instanceof Event.SetValue set && set.value().isWhole()) {
      return set(before, value, set, instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.accepted(policy.initial(), instant));
    }
    return impossible(before, whyNot(event), value, instant);
  }

  @Override
  public boolean takes(Event event) {
    if (event instanceof Event.Put put) {
      return put.n().isWhole() && put.ttl().isEmpty();
    }
    return event instanceof Event.SetValue set
        ? set.value().isWhole()
        : event instanceof Event.Reset;
  }

  private static String whyNot(Event event) {
    return event instanceof Event.SetValue set
        ? "value is " + set.value() + "; a counter of the kind total takes whole numbers of 64 bits"
        : Decisions.notFor("total", event);
  }

  private Folded put(State before, long value, Event.Put put, long instant) {
    long n = put.n().whole();
    if (put.ttl().isPresent()) {
      return impossible(before, "ttl is not for the kind total", value, instant);
    }
    if (bounds.closedTo(value, n) && !observes) {
      return Folded.unchanged(before, decisions.refused(bounds.closed(), value, instant));
    }
    String tooMuch = bounds.tooMuch(n);
    if (tooMuch != null && !observes) {
      return impossible(before, tooMuch, value, instant);
    }
    if (Bounds.overflows(value, n)) {
      String why = "n is " + n + "; the value would pass 64 bits";
      return impossible(before, why, value, instant);
    }
    if (n == 0) {
      return Folded.unchanged(before, decisions.accepted(value, instant));
    }
    String passed = bounds.passed(value + n, n);
    return change(before, value, value + n, tooMuch != null ? tooMuch : passed, instant);
  }

  private Folded set(State before, long value, Event.SetValue set, long instant) {
    if (set.ifAbsent() && before != null) {
      return Folded.unchanged(
          before, decisions.accepted(value, instant, "the counter exists, so it keeps its value"));
    }
    long wanted = set.value().whole();
    return change(before, value, wanted, bounds.passed(wanted), instant);
  }

  /** To another value, which {@code why} speaks against, if that is not null. */
  private Folded change(State before, long value, long wanted, String why, long instant) {
    if (why != null && !observes) {
      return Folded.unchanged(before, decisions.refused(why, value, instant));
    }
    return Folded.replaced(
        new TotalState(instant, wanted),
        why == null
            ? decisions.accepted(wanted, instant)
            : decisions.observed(why, wanted, instant));
  }

  private Folded impossible(State before, String why, long value, long instant) {
    return Folded.unchanged(before, decisions.impossible(why, value, instant));
  }

  /** Nothing comes back to a total by itself, not even where nothing has been taken. */
  @Override
  public OptionalLong freeAfterMillis(State state, long atMillis) {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong moreAfterMillis(State state, long atMillis) {
    return OptionalLong.empty();
  }

  /** Takes back all of it, where a put that does so would be within the bounds. */
  @Override
  public Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    if (before == null || !(added instanceof Added.Summed put)) {
      long value = before == null ? policy.initial() : before.countAt(instant);
      return Released.nothing(before, decisions.nothingReleased(value, instant));
    }
    long value = ((TotalState) before).value();
    long n = Released.part(most, put.n());
    String why = bounds.whyNotLess(value, n);
    if (why != null && (!observes || Bounds.underflows(value, n))) {
      return Released.none(before, decisions.refused(why, value, instant), added);
    }
    var after = new TotalState(instant, value - n);
    var rest = n == put.n() ? null : new Added.Summed(put.n() - n);
    var decision = decisions.released(n, Optional.ofNullable(why), value - n, instant);
    return new Released(Folded.replaced(after, decision), Optional.ofNullable(rest));
  }
}
