package io.countess.fold;

import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.RecordKey;
import io.countess.state.PartitionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Events on several counters of a partition, one after the other: each is decided as if it stood in
 * a record of its own, and sees what those before it did.
 */
final class BatchFold {
  private final PartitionState state;
  private final Function<Incoming, CounterFold.Result> one;

  /**
   * @param one decides on one event
   */
  BatchFold(PartitionState state, Function<Incoming, CounterFold.Result> one) {
    this.state = state;
    this.one = one;
  }

  /** It is accepted once it is carried out, whatever became of its parts. */
  CounterFold.Result carryOut(Incoming in, Batch batch) {
    try {
      batch.requireTogether();
    } catch (InvalidInputException apart) {
      return CounterFold.Result.of(Answers.impossible(apart.getMessage(), in.atMillis()));
    }
    Optional<Decision> full = batch.id().flatMap(id -> refusalWhereFull(in, batch));
    if (full.isPresent()) {
      return CounterFold.Result.overIds(full.get());
    }
    List<Decision.Part> parts = new ArrayList<>();
    long instant = in.atMillis();
    for (Batch.Part part : batch.parts()) {
      byte[] key = RecordKey.of(part.counter());
      Decision decision = one.apply(in.part(part.event(), key)).decision();
      parts.add(new Decision.Part(part.counter(), decision));
      instant = Math.max(instant, decision.atMillis());
    }
    return CounterFold.Result.of(
        new Decision(Outcome.ACCEPTED, Optional.empty(), instant).with(Decision.Details.of(parts)));
  }

  /** The refusal where one of its counters remembers as many ids as it can: none is changed. */
  private Optional<Decision> refusalWhereFull(Incoming in, Batch batch) {
    Optional<Decision> first = Optional.empty();
    OptionalLong wait = OptionalLong.of(0);
    for (Batch.Part part : batch.parts()) {
      Counter counter = Counter.load(state, RecordKey.of(part.counter()));
      Decision full = counter == null ? null : Replays.refusalWhereFull(state, counter, in);
      if (full != null) {
        first = first.isPresent() ? first : Optional.of(naming(part, full));
        wait = longer(wait, full.retryAfterMillis());
      }
    }
    OptionalLong longest = wait;
    return first.map(refused -> refused.retryAfter(longest));
  }

  private static Decision naming(Batch.Part part, Decision full) {
    var why = full.reason().map(reason -> part.counter().shown() + ": " + reason);
    return new Decision(full.outcome(), why, full.atMillis());
  }

  /** Nothing is longer than a wait that does not help. */
  private static OptionalLong longer(OptionalLong one, OptionalLong other) {
    return one.isEmpty() || other.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
  }
}
