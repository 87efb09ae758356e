package io.countess.count;

import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LimitCount;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Several limits on one counter, each with the arithmetic of its kind. All of them decide at the
 * same instant. What one refuses is added to none.
 *
 * <p>Late is another matter than refused. A put that has ended under one limit when it comes would
 * count nothing there by now if it had come in time. So it is added where it still counts, and is
 * late where it counts nowhere.
 */
final class LimitsCounting implements Counting {
  private static final int MAX_LOOKS = 100;

  private final Policy.Limits policy;
  private final Counting[] each;
  private final boolean drains;
  private final LimitsDecisions decisions;

  LimitsCounting(Policy.Limits policy) {
    Terms terms = Terms.DEFAULT.in(policy.terms().mode());
    this.policy = policy;
    this.each =
        policy.limits().stream().map(it -> Counting.of(it.with(terms))).toArray(Counting[]::new);
    this.drains = Arrays.stream(each).anyMatch(Counting::drains);
    this.decisions = new LimitsDecisions(policy.limit());
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public long initial() {
    return each[0].initial();
  }

  /** More limits may come behind those that there are, or behind the only one. */
  @Override
  public boolean canAdopt(Policy from) {
    List<String> now = policy.kinds();
    List<String> before =
        from instanceof Policy.Limits several ? several.kinds() : List.of(from.kind());
    return before.size() <= now.size() && before.equals(now.subList(0, before.size()));
  }

  @Override
  public State adopt(State before) {
    return before == null || before instanceof LimitsState ? before : LimitsState.of(before);
  }

  @Override
  public boolean takes(Event event) {
    return event instanceof Event.Put
        ? Arrays.stream(each).allMatch(one -> one.takes(event))
        : event instanceof Event.Reset;
  }

  @Override
  public boolean drains() {
    return drains;
  }

  @Override
  public Folded apply(State before, Event event, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    State[] states = states(before, instant);
    if (event instanceof Event.Put put) {
      return put(before, states, put, atMillis, instant);
    }
    if (event instanceof Event.Reset) {
      return Folded.replaced(null, decisions.reset(initial(), instant));
    }
    String why = Decisions.notFor("limits", event);
    return Folded.unchanged(before, decisions.notFor(why, count(states, instant), instant));
  }

  private Folded put(State before, State[] states, Event.Put put, long atMillis, long instant) {
    var parts = new Folded[each.length];
    for (int i = 0; i < each.length; i++) {
      parts[i] = each[i].apply(states[i], put, atMillis, instant);
    }
    int refuser = decisions.refuser(parts);
    if (refuser < 0) {
      return add(before, states, parts, put, instant);
    }
    Decision why = parts[refuser].decision();
    Decision refused = decisions.refused(refuser, why, count(states, instant));
    if (why.outcome() == Outcome.IMPOSSIBLE) {
      return Folded.unchanged(before, refused);
    }
    var left = new State[each.length];
    for (int i = 0; i < each.length; i++) {
      left[i] = each[i].refusedAt(states[i], instant);
    }
    OptionalLong wait = wait(left, put.n(), instant, why.retryAfterMillis());
    return Folded.replaced(after(before, states, left, instant), refused.retryAfter(wait));
  }

  /** Nothing refuses it: it is added under each limit for which it has not ended already. */
  private Folded add(State before, State[] states, Folded[] parts, Event.Put put, long instant) {
    var left = new State[each.length];
    var added = new Added[each.length];
    boolean late = true;
    for (int i = 0; i < each.length; i++) {
      left[i] = parts[i].after();
      boolean accepted = parts[i].decision().outcome() == Outcome.ACCEPTED;
      added[i] = accepted && put.n().whole() != 0 ? parts[i].added(put.n()) : null;
      late &= !accepted;
    }
    if (late) {
      return Folded.unchanged(before, decisions.late(count(states, instant), instant));
    }
    return new Folded(
        after(before, states, left, instant),
        decisions.accepted(parts, count(left, instant), instant),
        parts[0].addedEndMillis(),
        parts[0].addedAmount(),
        new Added.Several(added),
        null);
  }

  /**
   * After how long all accept what one refuses, if nothing else comes; empty where waiting does not
   * help. What has room now may have none then, as a window that ends meanwhile.
   *
   * @param first what the one says that refuses
   */
  private OptionalLong wait(State[] states, Amount n, long instant, OptionalLong first) {
    OptionalLong more = first;
    long then = instant;
    for (int look = 0; look < MAX_LOOKS && more.isPresent(); look++) {
      then += more.getAsLong();
      if (then < instant) { // it passes 64 bits
        return OptionalLong.empty();
      }
      more = longestWait(states, n, then);
      if (more.isPresent() && more.getAsLong() == 0) {
        return OptionalLong.of(then - instant);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * After how long none refuses that does so now; 0 where all accept, empty where one never will.
   */
  private OptionalLong longestWait(State[] states, Amount n, long atMillis) {
    long longest = 0;
    for (int i = 0; i < each.length; i++) {
      Decision one = each[i].peek(states[i], n, atMillis);
      boolean accepts = one.outcome() == Outcome.ACCEPTED;
      if (!accepts && one.retryAfterMillis().isEmpty()) {
        return OptionalLong.empty();
      }
      longest = accepts ? longest : Math.max(longest, one.retryAfterMillis().getAsLong());
    }
    return OptionalLong.of(longest);
  }

  /** A peek brings no bucket under a new rate: up to the put in question it drains as it did. */
  @Override
  public Decision peek(State state, Amount n, long atMillis) {
    Decision decision = Counting.super.peek(state, n, atMillis);
    return decision.retryAfterMillis().isEmpty()
        ? decision
        : decision.retryAfter(wait(states(state, atMillis), n, atMillis, OptionalLong.of(0)));
  }

  /** Each gives back what is left there, or where one can't, none does. */
  @Override
  public Released release(
      State before, Added added, OptionalLong most, long atMillis, long floorMillis) {
    long instant = Counting.instant(before, atMillis, floorMillis);
    State[] states = states(before, instant);
    var parts = new Released[each.length];
    for (int i = 0; i < each.length; i++) {
      parts[i] = each[i].release(states[i], added(added, i), most, atMillis, instant);
      Decision one = parts[i].folded().decision();
      if (one.outcome() != Outcome.ACCEPTED) {
        var refused = decisions.refused(i, one, count(states, instant));
        return Released.none(before, refused.retryAfter(one.retryAfterMillis()), added);
      }
    }
    return released(before, states, parts, instant);
  }

  private Released released(State before, State[] states, Released[] parts, long instant) {
    var left = new State[each.length];
    var rest = new Added[each.length];
    boolean nothing = true;
    for (int i = 0; i < each.length; i++) {
      left[i] = parts[i].folded().after();
      rest[i] = parts[i].left().orElse(null);
      nothing &= rest[i] == null;
    }
    Folded first = parts[0].folded();
    var folded =
        new Folded(
            after(before, states, left, instant),
            decisions.released(parts, count(left, instant), instant),
            first.addedEndMillis(),
            first.addedAmount());
    return new Released(folded, nothing ? Optional.empty() : Optional.of(new Added.Several(rest)));
  }

  /** What a put added under a limit: one from before there were several was under the first. */
  private static Added added(Added added, int limit) {
    if (added instanceof Added.Several several) {
      return several.at(limit);
    }
    return limit == 0 ? added : null;
  }

  @Override
  public List<LimitCount> limits(State state, long atMillis) {
    State[] states = states(state, atMillis);
    List<LimitCount> limits = new ArrayList<>(each.length);
    for (int i = 0; i < each.length; i++) {
      Counting one = each[i];
      State its = states[i];
      limits.add(
          new LimitCount(
              its == null ? one.initial() : its.countAt(atMillis),
              one.policy().limit().getAsLong(),
              one.moreAfterMillis(its, atMillis),
              one.freeAfterMillis(its, atMillis)));
    }
    return limits;
  }

  @Override
  public Decision freeing(State after, Decision decision) {
    return decisions.under(limits(after, decision.atMillis()), decision);
  }

  @Override
  public OptionalLong moreAfterMillis(State state, long atMillis) {
    return LimitsDecisions.moreAfterMillis(limits(state, atMillis));
  }

  @Override
  public OptionalLong freeAfterMillis(State state, long atMillis) {
    return LimitsDecisions.freeAfterMillis(limits(state, atMillis));
  }

  /** The state under each limit; null where there is none, or nothing of it any more. */
  private State[] states(State state, long atMillis) {
    var states = new State[each.length];
    if (state != null) {
      var several = (LimitsState) state;
      for (int i = 0; i < each.length; i++) {
        State one = several.at(i);
        states[i] = one == null || one.deadAtMillis() <= atMillis ? null : one;
      }
    }
    return states;
  }

  /**
   * The state with what is left of each: the same object where nothing has changed, null where
   * nothing is left.
   */
  private static State after(State before, State[] states, State[] left, long instant) {
    boolean changed = false;
    boolean live = false;
    var kept = new State[left.length];
    for (int i = 0; i < left.length; i++) {
      changed |= left[i] != states[i];
      kept[i] = left[i] == null || left[i].deadAtMillis() <= instant ? null : left[i];
      live |= kept[i] != null;
    }
    if (!changed) {
      return before;
    }
    return live ? new LimitsState(instant, kept) : null;
  }

  private long count(State[] states, long instant) {
    return states[0] == null ? initial() : states[0].countAt(instant);
  }
}
