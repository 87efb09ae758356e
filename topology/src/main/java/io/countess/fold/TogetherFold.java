package io.countess.fold;

import io.countess.count.Added;
import io.countess.count.Folded;
import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import io.countess.state.DedupeEntry;
import io.countess.state.PartitionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Events on several counters of a partition: all of them are accepted, or none is carried out. */
final class TogetherFold {
  /** How often it is looked whether what had room still has it then. */
  private static final int MAX_LOOKS = 100;

  private final PartitionState state;
  private final CounterPolicyFold policies;

  TogetherFold(PartitionState state, CounterPolicyFold policies) {
    this.state = state;
    this.policies = policies;
  }

  /** What a claim puts. */
  static List<Batch.Part> puts(Event.Claim claim) {
    return claim.parts().stream()
        .map(part -> new Batch.Part(part.counter(), new Event.Put(part.n(), part.ttl())))
        .toList();
  }

  /** Counters that only happen to be in one partition would be apart in a log with more of them. */
  CounterFold.Result carryOut(Incoming in, List<Batch.Part> parts) {
    try {
      in.event().requireTogether();
    } catch (InvalidInputException apart) {
      return impossible(apart.getMessage(), in);
    }
    List<Step> steps = steps(parts, in);
    if (steps.size() < parts.size()) {
      return impossible(CounterFold.TOO_MANY_NAMESPACES, in);
    }
    Decision decision = decision(steps, in.atMillis());
    if (decision.outcome() != Outcome.ACCEPTED) {
      var refusal = decision.with(untaken(steps, in)).retryAfter(retryAfter(decision, parts, in));
      return decision.outcome() == Outcome.REFUSED && steps.stream().anyMatch(Step::overIds)
          ? CounterFold.Result.overIds(refusal)
          : CounterFold.Result.of(refusal).takenIf(steps.stream().allMatch(Step::takes));
    }
    List<DedupeEntry.Part> added = new ArrayList<>();
    for (Step step : steps) {
      apply(step, in);
      step.added().ifPresent(added::add);
    }
    return CounterFold.Result.of(decision, added);
  }

  /**
   * What an event would lead to in its counter.
   *
   * @param found the counter as it is
   * @param counter the same under the policy that the event brings, if it brings one
   * @param overIds whether the counter remembers as many ids as it can
   */
  private record Step(
      Batch.Part part, Counter found, Counter counter, Folded folded, boolean overIds) {
    boolean takes() {
      return counter.takes(part.event());
    }

    Optional<DedupeEntry.Part> added() {
      return Added.of(part.event(), folded)
          .map(added -> new DedupeEntry.Part(counter.key(), counter.policy().epoch(), added));
    }
  }

  private void apply(Step step, Incoming in) {
    Event event = step.part.event();
    Optional<Policy> brought = CounterFold.brought(event);
    if (brought.isEmpty()) {
      Journaling.carryOut(state, in, event, step.counter, step.folded);
    } else {
      state.inOneStep(
          () -> {
            policies.bring(in, step.found, brought.get());
            Folded folded = step.counter.fold(state, event, in);
            Journaling.carryOut(state, in, event, step.counter, folded);
            return step;
          });
    }
    CounterFold.voidWhatCameBefore(state, in, event, step.counter, step.folded);
  }

  /** One for each counter that has a place. */
  private List<Step> steps(List<Batch.Part> parts, Incoming in) {
    List<Step> steps = new ArrayList<>();
    for (Batch.Part part : parts) {
      Counter counter = Counter.load(state, RecordKey.of(part.counter()));
      if (counter != null) {
        steps.add(step(in, part, counter));
      }
    }
    return steps;
  }

  private Step step(Incoming in, Batch.Part part, Counter found) {
    Optional<Policy> brought = CounterFold.brought(part.event());
    String never = brought.map(it -> policies.whyNotBrought(in, found, it)).orElse(null);
    if (never != null) {
      return same(part, found, Answers.impossible(never, found.instant(state, in)), false);
    }
    Counter counter = brought.map(it -> policies.under(in, found, it)).orElse(found);
    Decision full =
        in.event().id().isPresent() ? Replays.refusalWhereFull(state, counter, in) : null;
    return full != null
        ? same(part, found, full, true)
        : new Step(part, found, counter, counter.fold(state, part.event(), in), false);
  }

  private static Step same(Batch.Part part, Counter found, Decision decision, boolean overIds) {
    return new Step(part, found, found, new Folded(found.before(), decision, 0, 0), overIds);
  }

  /** Nothing was taken, so what had room counts as before. */
  private Decision.Details untaken(List<Step> steps, Incoming in) {
    List<Decision.Part> parts = new ArrayList<>();
    for (Step step : steps) {
      Decision decision = step.folded.decision();
      if (decision.outcome() == Outcome.ACCEPTED) {
        decision = step.found.fold(state, Event.Put.of(0), in).decision();
      }
      parts.add(new Decision.Part(step.part.counter(), decision));
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
      parts.add(new Decision.Part(step.part.counter(), one));
      instant = Math.max(instant, one.atMillis());
      wouldRefuse |= one.details().wouldRefuse();
      boolean worse = severity(one.outcome()) > severity(worst);
      if (worse || reason.isEmpty() && one.reason().isPresent()) {
        reason = one.reason().map(why -> step.part.counter().shown() + ": " + why);
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
  private OptionalLong retryAfter(Decision decision, List<Batch.Part> parts, Incoming in) {
    if (decision.outcome() != Outcome.REFUSED) {
      return OptionalLong.empty();
    }
    long present = Counter.present(state, in);
    long then = present;
    for (int look = 0; look < MAX_LOOKS && then >= present; look++) {
      OptionalLong more = longest(steps(parts, in.happening(then)));
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
