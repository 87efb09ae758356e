package io.countess.count;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.HeldNumber;
import io.countess.event.Instants;
import io.countess.event.Policy;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A number that is there or not, and may have an end. What a write asks for happens in one step:
 * its conditions are looked at first, then the number changes, then its end. Whole numbers stay
 * within 64 bits; sums with fractions are exact.
 */
final class ValueCounting implements Counting {
  static final String HOLDS_NOTHING = "the counter holds nothing";
  static final String HOLDS_SOMETHING = "the counter holds a number";

  private final Policy.Value policy;
  private final long journalMillis;

  ValueCounting(Policy.Value policy) {
    this.policy = policy;
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

  /** A value adds nothing to totals. */
  @Override
  public boolean keepsSums() {
    return false;
  }

  @Override
  public boolean takes(Event event) {
    if (event instanceof Event.Put put) {
      return put.n().isWhole() && put.ttl().isEmpty();
    }
    return event instanceof Event.SetValue set
        ? set.value().isWhole()
        : event instanceof Event.Reset || event instanceof Write;
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
    return Optional.ofNullable(stateAt(state, atMillis)).map(ValueState::number);
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    ValueState state = stateAt(before, instant);
    var decisions = decisions(before, state, instant);
    if (event instanceof Write write) {
      return write(state, write, decisions);
    }
    if (event instanceof Event.Reset) {
      return decisions.reset();
    }
    return takes(event) ? count(state, event, decisions) : decisions.impossible(whyNot(event));
  }

  /** The state that is not over at an instant, or null. */
  private static ValueState stateAt(State before, long instant) {
    var state = (ValueState) before;
    return state == null || state.endMillis() <= instant ? null : state;
  }

  private static ValueDecisions decisions(State before, ValueState state, long instant) {
    return new ValueDecisions(before, Optional.ofNullable(state).map(ValueState::held), instant);
  }

  private static String whyNot(Event event) {
    if (event instanceof Event.SetValue set) {
      return "value is " + set.value() + "; only a write sets a value that is not whole";
    }
    return event instanceof Event.Put put && put.ttl().isPresent()
        ? "ttl is not for a put to a counter of the kind value; it is for a write"
        : Decisions.notFor("value", event);
  }

  /** A put adds, and a set replaces, as writes do that say no more. */
  private static Folded count(ValueState state, Event event, ValueDecisions decisions) {
    if (event instanceof Event.SetValue set) {
      return set.ifAbsent() && state != null
          ? decisions.as("the counter exists, so it keeps its value")
          : decisions.to(made(BigDecimal.valueOf(set.value().whole()), State.NEVER, decisions));
    }
    long n = ((Event.Put) event).n().whole();
    var add = new Write.Add(BigDecimal.valueOf(n));
    return n == 0
        ? decisions.as()
        : add(state, add, state == null ? State.NEVER : state.endMillis(), decisions);
  }

  private static ValueState made(BigDecimal number, long end, ValueDecisions decisions) {
    long at = decisions.instant();
    return end <= at ? null : new ValueState(at, number, end, at);
  }

  private static Folded write(ValueState state, Write write, ValueDecisions decisions) {
    if (write.onlyIf() == Write.If.ABSENT && state != null) {
      return decisions.refused(HOLDS_SOMETHING);
    }
    if (write.onlyIf() == Write.If.PRESENT && state == null) {
      return decisions.refused(HOLDS_NOTHING);
    }
    if (write.change().isEmpty()) {
      return expire(state, write.expiry().orElseThrow(), decisions);
    }
    if (write.change().get() instanceof Write.Add add) {
      return add(state, add, end(state, write, decisions.instant()), decisions);
    }
    Optional<BigDecimal> number = ((Write.Replace) write.change().get()).number();
    if (number.isEmpty()) {
      return state == null ? decisions.as(HOLDS_NOTHING) : decisions.to(null);
    }
    return decisions.to(made(number.get(), end(state, write, decisions.instant()), decisions));
  }

  private static Folded expire(ValueState state, Write.Expiry expiry, ValueDecisions decisions) {
    if (state == null) {
      return decisions.refused(HOLDS_NOTHING);
    }
    long end = end(expiry.end(), state, decisions.instant());
    if (!allows(expiry.when(), state.endMillis(), end)) {
      return decisions.refused("the end that it has is not one that expiresIf names");
    }
    return end == state.endMillis() ? decisions.as() : decisions.to(with(state, end, decisions));
  }

  private static ValueState with(ValueState state, long end, ValueDecisions decisions) {
    long at = decisions.instant();
    return end <= at ? null : new ValueState(at, state.number(), end, state.sinceMillis());
  }

  /** The end of a number that a write changes or replaces, of null where it comes to be. */
  private static long end(ValueState state, Write write, long instant) {
    long own = state == null ? State.NEVER : state.endMillis();
    if (write.expiry().isEmpty()) {
      return write.replaces() ? State.NEVER : own;
    }
    long end = end(write.expiry().get().end(), state, instant);
    return allows(write.expiry().get().when(), own, end) ? end : own;
  }

  private static long end(Write.End end, ValueState state, long instant) {
    if (end instanceof Write.After after) {
      // Nothing here is later than the last instant there is.
      return instant + Math.min(after.ttl().toMillis(), Instants.LAST_MILLIS - instant);
    }
    if (end instanceof Write.At at) {
      return at.millis();
    }
    return end instanceof Write.Kept && state != null ? state.endMillis() : State.NEVER;
  }

  /** No end is {@link State#NEVER}, which is later than any. */
  private static boolean allows(Write.EndIf when, long own, long end) {
    return switch (when) {
      case ANY -> true;
      case ABSENT -> own == State.NEVER;
      case PRESENT -> own != State.NEVER;
      case LATER -> end > own;
      case SOONER -> end < own;
      case PRESENT_SOONER -> own != State.NEVER && end < own;
    };
  }

  private static Folded add(ValueState state, Write.Add add, long end, ValueDecisions decisions) {
    BigDecimal number = state == null ? BigDecimal.ZERO : state.number();
    boolean whole = add.n().scale() == 0;
    if (whole && !HeldNumber.isWhole(number)) {
      return decisions.impossible(
          "the value is %s; a whole number is added to whole numbers of 64 bits only"
              .formatted(number.toPlainString()));
    }
    BigDecimal sum = within(add, number.add(add.n()));
    if (sum == null) {
      return decisions.refused("a bound of the write would be passed");
    }
    if (whole ? !HeldNumber.isWhole(sum) : !HeldNumber.fits(sum)) {
      return decisions.impossible(
          "add is %s; the value would pass %s"
              .formatted(
                  add.n().toPlainString(),
                  whole ? "64 bits" : HeldNumber.MOST_BEFORE + " digits before the point"));
    }
    if (state == null) {
      return decisions.to(made(HeldNumber.require("value", sum), end, decisions));
    }
    var after =
        new ValueState(
            decisions.instant(), HeldNumber.require("value", sum), end, state.sinceMillis());
    return decisions.to(end <= decisions.instant() ? null : after);
  }

  /** The sum, or the bound that it passes where that is taken in its place; null where not. */
  private static BigDecimal within(Write.Add add, BigDecimal sum) {
    BigDecimal least = add.min().filter(min -> sum.compareTo(min) < 0).orElse(sum);
    BigDecimal within = add.max().filter(max -> sum.compareTo(max) > 0).orElse(least);
    return within.compareTo(sum) == 0 || add.saturates() ? within : null;
  }

  /** Takes back all of it that is asked for, from the number that it was added to. */
  @Override
  public Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    ValueState state = stateAt(before, instant);
    var decisions = decisions(before, state, instant);
    if (state == null
        || !(added instanceof Added.ToValue put)
        || put.sinceMillis() != state.sinceMillis()) {
      return Released.all(decisions.releasing(0, decisions.as(Decisions.NOTHING_LEFT)));
    }
    long n = Released.part(most, put.n());
    BigDecimal rest = state.number().subtract(BigDecimal.valueOf(n));
    boolean fits =
        HeldNumber.isWhole(state.number()) ? HeldNumber.isWhole(rest) : HeldNumber.fits(rest);
    if (!fits) {
      Decision refused = decisions.refused("the value would pass 64 bits").decision();
      return Released.none(before, refused, added);
    }
    var after =
        new ValueState(
            instant, HeldNumber.require("value", rest), state.endMillis(), state.sinceMillis());
    Added left = n == put.n() ? null : new Added.ToValue(put.n() - n, put.sinceMillis());
    return new Released(decisions.releasing(n, decisions.to(after)), Optional.ofNullable(left));
  }
}
