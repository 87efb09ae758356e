package io.countess.fold;

import io.countess.answer.PolicyHistory.Change;
import io.countess.count.Counting;
import io.countess.count.Folded;
import io.countess.count.State;
import io.countess.event.Decision;
import io.countess.event.Event.ChangePolicy;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.state.PartitionState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Folds changes of the policies and plans that counters have of their own. A counter's home
 * partition alone knows them. The offset of the change there is its version.
 *
 * <p>A change of kind needs a reset where the counter counts something already.
 */
final class CounterPolicyFold {
  private static final String WITHOUT = "the counter has no policy of its own";

  private final PartitionState state;

  CounterPolicyFold(PartitionState state) {
    this.state = state;
  }

  Decision decide(Incoming in, ChangePolicy change) {
    Counter counter = Counter.load(state, in.place().key(), in.place().separator());
    if (counter == null) {
      return Answers.impossible(CounterFold.TOO_MANY_NAMESPACES, in.atMillis());
    }
    var entry =
        new Change(in.offset(), in.atMillis(), change.policy(), change.plan(), change.onChange());
    String never = whyNever(in, counter, entry);
    if (never != null) {
      return Answers.impossible(never, in.atMillis());
    }
    OptionalLong version = counter.own().version();
    String outdated = ExpectedVersion.whyOutdated(change.ifVersion(), version, WITHOUT);
    if (outdated != null) {
      return new Decision(Outcome.OUTDATED, Optional.of(outdated), in.atMillis());
    }
    return state.inOneStep(() -> carryOut(in, counter, entry));
  }

  /** Why a put can't bring a policy to its counter, or null. */
  String whyNotBrought(Incoming in, Counter counter, Policy policy) {
    return whyNever(in, counter, toOwn(in, policy));
  }

  /** The counter as it would be under the policy that its put brings. */
  Counter under(Incoming in, Counter counter, Policy policy) {
    Counting next = state.ready(policy);
    return counter.by(next, goesOn(counter, next) ? settled(in, counter, next).after() : null);
  }

  /** What a counter goes on with under another policy that can take it over. */
  private Folded settled(Incoming in, Counter counter, Counting next) {
    Folded settled = counter.settled(state, next, in);
    return settled != null ? settled : Folded.replaced(next.adopt(counter.before()), accepted(in));
  }

  private static Decision accepted(Incoming in) {
    return new Decision(Outcome.ACCEPTED, Optional.empty(), in.atMillis());
  }

  /** Gives a counter the policy that its put brings, in the step of the put. */
  void bring(Incoming in, Counter counter, Policy policy) {
    Counting own = counter.own().own();
    if (own == null || !own.policy().equals(policy)) {
      carryOut(in, counter, toOwn(in, policy));
    }
  }

  private static Change toOwn(Incoming in, Policy policy) {
    return new Change(in.offset(), in.atMillis(), Optional.of(policy), OnChange.KEEP);
  }

  private String whyNever(Incoming in, Counter counter, Change change) {
    if (change.policy().map(it -> !it.terms().plans().isEmpty()).orElse(false)) {
      return "plans are for the policy of a namespace";
    }
    if (change.plan().isPresent() && counter.policy().plans().get(change.plan().get()) == null) {
      var names = new TreeSet<>(counter.policy().plans().keySet());
      return "plan is '%s'; the policy of the namespace has %s"
          .formatted(
              change.plan().get(),
              names.isEmpty() ? "no plans" : "the plans " + String.join(", ", names));
    }
    Counting next = next(counter, change);
    return counts(in, counter) && change.onChange() == OnChange.KEEP && !goesOn(counter, next)
        ? PolicyFold.needsReset(counter.counting(), next)
        : null;
  }

  private boolean counts(Incoming in, Counter counter) {
    State before = counter.before();
    long instant = counter.instant(state, in);
    return before != null && before.deadAtMillis() > instant || counter.keeps(state, instant);
  }

  private static boolean goesOn(Counter counter, Counting next) {
    return next.canAdopt(counter.counting().policy());
  }

  private Counting next(Counter counter, Change change) {
    if (change.policy().isPresent()) {
      return state.ready(change.policy().get());
    }
    return change
        .plan()
        .map(name -> counter.policy().plans().get(name))
        .orElse(counter.policy().counting());
  }

  private Decision carryOut(Incoming in, Counter counter, Change change) {
    Decision accepted = accepted(in);
    Counting next = next(counter, change);
    boolean goesOn = change.onChange() == OnChange.KEEP && goesOn(counter, next);
    Folded settled = goesOn ? settled(in, counter, next) : null;
    if (!goesOn) {
      counter.apply(state, counter.emptied(accepted));
      state.ids().voided(counter.key(), in.offset());
    }
    if (change.isDrop() && counter.own().isNone()) {
      return accepted; // no row for what was not there
    }
    state.policy(counter.namespace(), counter.key(), change);
    if (goesOn) {
      counter.apply(state, settled);
    }
    return accepted;
  }
}
