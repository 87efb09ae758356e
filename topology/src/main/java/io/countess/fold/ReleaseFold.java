package io.countess.fold;

import io.countess.count.Added;
import io.countess.count.Released;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.NamespacePatterns;
import io.countess.event.Outcome;
import io.countess.event.RecordKey;
import io.countess.state.DedupeEntry;
import io.countess.state.PartitionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes back what is left of an event that is remembered. Nothing is left of what was added before
 * its counter was set or reset, or in an earlier epoch of its namespace.
 */
final class ReleaseFold {
  private final PartitionState state;

  ReleaseFold(PartitionState state) {
    this.state = state;
  }

  Decision carryOut(Incoming in, Counter counter, Event.Release release) {
    long instant = counter.instant(state, in);
    DedupeEntry of = state.ids().find(counter.key(), release.of(), Counter.age(state, in));
    if (of == null) {
      return Answers.impossible(
          "of is '%s', and this counter remembers no such id".formatted(release.of()), instant);
    }
    if (of.isBatch()) {
      return Answers.impossible(
          "of is '%s', a batch; only puts and claims are released".formatted(release.of()),
          instant);
    }
    boolean isClaim = !of.decision().details().parts().isEmpty();
    if (isClaim && release.n().isPresent()) {
      return Answers.impossible("n is not for the release of a claim: all of it is", instant);
    }
    if (release.within().isPresent() && !isWithin(release.within().get(), of)) {
      return Answers.impossible(outside(release), instant);
    }
    List<Step> steps = new ArrayList<>();
    for (byte[] key : keys(counter, of)) {
      Counter each = Counter.load(state, key);
      if (each == null) {
        return Answers.impossible(CounterFold.TOO_MANY_NAMESPACES, instant);
      }
      steps.add(step(in, each, of, release.n()));
    }
    Optional<Step> refused =
        steps.stream().filter(step -> step.decision().outcome() != Outcome.ACCEPTED).findFirst();
    if (refused.isPresent()) {
      return isClaim ? blocked(refused.get(), instant) : refused.get().decision();
    }
    for (Step step : steps) {
      Journaling.carryOut(state, in, release, step.counter, step.released.folded());
    }
    List<DedupeEntry.Part> left = steps.stream().flatMap(step -> step.left().stream()).toList();
    state.ids().update(counter.key(), release.of(), of.with(left));
    return isClaim ? all(steps, instant) : steps.get(0).decision();
  }

  private static boolean isWithin(NamespacePatterns namespaces, DedupeEntry of) {
    return of.decision().details().parts().stream()
        .allMatch(part -> namespaces.cover(part.counter().namespace()));
  }

  /** Tells nothing of the claim: whoever released it need not know of its other counters. */
  private static String outside(Event.Release release) {
    return "of is '%s', a claim that reaches beyond namespaces that match %s, as this release may not"
        .formatted(release.of(), release.within().get());
  }

  /** The counters of a claim in its order, also those that nothing is left in; of a put its own. */
  private static List<byte[]> keys(Counter counter, DedupeEntry of) {
    List<Decision.Part> claimed = of.decision().details().parts();
    return claimed.isEmpty()
        ? List.of(counter.key())
        : claimed.stream().map(part -> RecordKey.of(part.counter())).toList();
  }

  /**
   * What a release leads to in one counter.
   *
   * @param epoch in which it was added what is left after it
   */
  private record Step(Counter counter, long epoch, Released released) {
    Optional<DedupeEntry.Part> left() {
      return released.left().map(added -> new DedupeEntry.Part(counter.key(), epoch, added));
    }

    Decision decision() {
      return released.folded().decision();
    }
  }

  private Step step(Incoming in, Counter counter, DedupeEntry of, OptionalLong most) {
    long epoch = counter.policy().epoch();
    Optional<DedupeEntry.Part> part =
        of.parts().stream()
            .filter(it -> it.epoch() == epoch && Arrays.equals(it.recordKey(), counter.key()))
            .findFirst();
    boolean gone = part.isEmpty() || state.ids().voidedAt(counter.key()) > of.offset();
    Added added = gone ? null : part.get().added();
    return new Step(counter, epoch, counter.release(state, added, most, in));
  }

  /** A claim comes back as a whole or not at all; what is said is of the counter that holds it. */
  private static Decision blocked(Step step, long instant) {
    Decision one = step.decision();
    String name = RecordKey.parse(step.counter.key()).shown();
    return new Decision(one.outcome(), one.reason().map(why -> name + ": " + why), instant)
        .retryAfter(one.retryAfterMillis());
  }

  private static Decision all(List<Step> steps, long instant) {
    List<Decision.Part> parts = new ArrayList<>();
    for (Step step : steps) {
      parts.add(new Decision.Part(RecordKey.parse(step.counter.key()), step.decision()));
    }
    return new Decision(Outcome.ACCEPTED, Optional.empty(), instant)
        .with(Decision.Details.of(parts));
  }
}
