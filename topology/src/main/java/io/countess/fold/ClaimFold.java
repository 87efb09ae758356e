package io.countess.fold;

import io.countess.count.Added;
import io.countess.count.Folded;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.RecordKey;
import io.countess.state.DedupeEntry;
import io.countess.state.PartitionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts to several counters of a partition, all or none of them. */
final class ClaimFold {
  /** How often it is looked whether what had room still has it then. */
  private static final int MAX_LOOKS = 100;

  private final PartitionState state;

  ClaimFold(PartitionState state) {
    this.state = state;
  }

  /** Counters that only happen to be in one partition would be apart in a log with more of them. */
  CounterFold.Result carryOut(Incoming in, Event.Claim claim) {
    try {
      claim.requireTogether();
    } catch (InvalidInputException apart) {
      return impossible(apart.getMessage(), in);
    }
    List<Step> steps = steps(claim, in);
    if (steps.size() < claim.parts().size()) {
      return impossible(CounterFold.TOO_MANY_NAMESPACES, in);
    }
    Decision decision = decision(steps, in.atMillis());
    if (decision.outcome() != Outcome.ACCEPTED) {
      var refusal = decision.with(untaken(steps, in)).retryAfter(retryAfter(decision, claim, in));
      return decision.outcome() == Outcome.REFUSED && steps.stream().anyMatch(Step::overIds)
          ? CounterFold.Result.overIds(refusal)
          : CounterFold.Result.of(refusal).takenIf(steps.stream().allMatch(Step::takes));
    }
    List<DedupeEntry.Part> added = new ArrayList<>();
    for (Step step : steps) {
      step.counter.apply(state, step.folded);
      step.added().ifPresent(added::add);
    }
    return CounterFold.Result.of(decision, added);
  }

  /**
   * What a claim would lead to in one of its counters.
   *
   * @param overIds whether the counter remembers as many ids as it can
   */
  private record Step(
      CounterName name, Counter counter, Event.Put put, Folded folded, boolean overIds) {
    boolean takes() {
      return counter.takes(put);
    }

    Optional<DedupeEntry.Part> added() {
      return Added.of(put, folded)
          .map(added -> new DedupeEntry.Part(counter.key(), counter.policy().epoch(), added));
    }
  }

  /** One for each counter that has a place. */
  private List<Step> steps(Event.Claim claim, Incoming in) {
    List<Step> steps = new ArrayList<>();
    for (Event.Claim.Part part : claim.parts()) {
      Counter counter = Counter.load(state, RecordKey.of(part.counter()));
      if (counter != null) {
        steps.add(step(in, part, counter, claim.id().isPresent()));
      }
    }
    return steps;
  }

  private Step step(Incoming in, Event.Claim.Part part, Counter counter, boolean withId) {
    Decision full = withId ? Replays.refusalWhereFull(state, counter, in) : null;
    var put = new Event.Put(part.n(), part.ttl());
    Folded folded =
        full == null ? counter.fold(state, put, in) : new Folded(counter.before(), full, 0, 0);
    return new Step(part.counter(), counter, put, folded, full != null);
  }

  /** Nothing was taken, so what had room counts as before. */
  private Decision.Details untaken(List<Step> steps, Incoming in) {
    List<Decision.Part> parts = new ArrayList<>();
    for (Step step : steps) {
      Counter counter = step.counter;
      Decision decision = step.folded.decision();
      if (decision.outcome() == Outcome.ACCEPTED) {
        decision = counter.fold(state, Event.Put.of(0), in).decision();
      }
      parts.add(new Decision.Part(step.name, decision));
    }
    return Decision.Details.of(parts);
  }

  private static CounterFold.Result impossible(String why, Incoming in) {
    return CounterFold.Result.of(Answers.impossible(why, in.atMillis()));
  }

  private static Decision decision(List<Step> steps, long atMillis) {
    Outcome worst = Outcome.ACCEPTED;
    Optional<String> reason = Optional.empty();
    long instant = atMillis;
    boolean wouldRefuse = false;
    List<Decision.Part> parts = new ArrayList<>();
    for (Step step : steps) {
      Decision one = step.folded.decision();
      parts.add(new Decision.Part(step.name, one));
      instant = Math.max(instant, one.atMillis());
      wouldRefuse |= one.details().wouldRefuse();
      boolean worse = severity(one.outcome()) > severity(worst);
      if (worse || reason.isEmpty() && one.reason().isPresent()) {
        reason = one.reason().map(why -> step.name.shown() + ": " + why);
      }
      worst = worse ? one.outcome() : worst;
    }
    var details =
        new Decision.Details(false, wouldRefuse, OptionalLong.empty(), Optional.empty(), parts);
    return new Decision(worst, reason, instant).with(details);
  }

  /**
   * After how long all of it would be accepted if nothing else comes; empty where waiting does not
   * help. What has room now may have none then, as a window that ends meanwhile.
   */
  private OptionalLong retryAfter(Decision decision, Event.Claim claim, Incoming in) {
    if (decision.outcome() != Outcome.REFUSED) {
      return OptionalLong.empty();
    }
    long present = Counter.present(state, in);
    long then = present;
    for (int look = 0; look < MAX_LOOKS && then >= present; look++) {
      OptionalLong more = longest(steps(claim, in.happening(then)));
      if (more.isEmpty()) {
        return more;
      }
      if (more.getAsLong() == 0) {
        return OptionalLong.of(then - present);
      }
      then += more.getAsLong(); // negative where it passes 64 bits
    }
    return OptionalLong.empty();
  }

  /** After how long none refuses that does now; 0 where all accept, empty where one never will. */
  private static OptionalLong longest(List<Step> steps) {
    long longest = 0;
    for (Step step : steps) {
      Decision decision = step.folded.decision();
      boolean accepts = decision.outcome() == Outcome.ACCEPTED;
      if (!accepts && decision.retryAfterMillis().isEmpty()) {
        return OptionalLong.empty();
      }
      longest = accepts ? longest : Math.max(longest, decision.retryAfterMillis().getAsLong());
    }
    return OptionalLong.of(longest);
  }

  private static int severity(Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> 0;
      case LATE -> 1;
      case REFUSED -> 2;
      case IMPOSSIBLE, CONFLICT, OUTDATED -> 3;
    };
  }
}
