package io.countess.fold;

import io.countess.count.Added;
import io.countess.count.Folded;
import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Write;
import io.countess.state.DedupeEntry;
import io.countess.state.PartitionState;
import java.util.List;
import java.util.Optional;

/** Folds events on counters. An event without an id on one counter takes the short way. */
final class CounterFold {
  static final String TOO_MANY_NAMESPACES = "this partition holds as many namespaces as it can";

  private final PartitionState state;
  private final Replays replays;
  private final TogetherFold together;
  private final BatchFold batches;
  private final ReleaseFold releases;
  private final CounterPolicyFold policies;

  CounterFold(PartitionState state, int partition, CounterPolicyFold policies) {
    this.state = state;
    this.policies = policies;
    replays = new Replays(state, partition);
    together = new TogetherFold(state, policies);
    batches = new BatchFold(state, this::decide);
    releases = new ReleaseFold(state);
  }

  /** What is to be known of a decision beside its outcome. */
  enum Because {
    /** Nothing. */
    OF_ITS_OUTCOME,
    /** It was refused for its id, and not for what it would have counted. */
    OVER_IDS,
    /** It is impossible only since it is too much: the event is one for its counters. */
    NEVER_FITS
  }

  /** What an event led to, and what of it can be given back. */
  record Result(Decision decision, List<DedupeEntry.Part> parts, Because because) {
    static Result of(Decision decision) {
      return new Result(decision, List.of(), Because.OF_ITS_OUTCOME);
    }

    static Result of(Decision decision, List<DedupeEntry.Part> parts) {
      return new Result(decision, parts, Because.OF_ITS_OUTCOME);
    }

    /** A refusal, since a counter remembers as many ids as it can. */
    static Result overIds(Decision refusal) {
      Decision marked = refusal.with(refusal.details().asOverIds());
      return new Result(marked, List.of(), Because.OVER_IDS);
    }

    /** The same, of an event that is for its counters as far as {@code takes} says. */
    Result takenIf(boolean takes) {
      return takes && decision.outcome() == Outcome.IMPOSSIBLE
          ? new Result(decision, parts, Because.NEVER_FITS)
          : this;
    }
  }

  Result decide(Incoming in) {
    Counter counter = Counter.load(state, in.place().key(), in.place().separator());
    if (counter == null) {
      return Result.of(Answers.impossible(TOO_MANY_NAMESPACES, in.atMillis()));
    }
    Event event = in.event();
    Optional<Policy> brought = brought(event);
    if (brought.isPresent()) {
      return decide(in, counter, brought.get());
    }
    if (event instanceof Event.Put && event.id().isEmpty()) {
      return Result.of(apply(in, counter).decision()).takenIf(counter.takes(event));
    }
    return replays.once(in, counter, () -> carryOut(in, counter));
  }

  /** The policy that a put brings. */
  static Optional<Policy> brought(Event event) {
    return event instanceof Event.Put put ? put.policy() : Optional.empty();
  }

  /**
   * A put that brings a policy is decided by it, and the counter has it from then on, also where
   * the put is refused. One that is not for the kind changes nothing.
   */
  private Result decide(Incoming in, Counter counter, Policy policy) {
    String never = policies.whyNotBrought(in, counter, policy);
    if (never != null) {
      Decision impossible = Answers.impossible(never, in.atMillis());
      return replays.once(in, counter, () -> Result.of(impossible));
    }
    Counter under = policies.under(in, counter, policy);
    return replays.once(
        in,
        under,
        () ->
            state.inOneStep(
                () -> {
                  if (under.takes(in.event())) {
                    policies.bring(in, counter, policy);
                  }
                  return carryOut(in, under);
                }));
  }

  private Result carryOut(Incoming in, Counter counter) {
    if (in.event() instanceof Event.Claim claim) {
      return together.carryOut(in, TogetherFold.puts(claim));
    }
    if (in.event() instanceof Batch batch) {
      return batch.together() ? together.carryOut(in, batch.parts()) : batches.carryOut(in, batch);
    }
    if (in.event() instanceof Event.Release release) {
      return Result.of(releases.carryOut(in, counter, release));
    }
    Folded folded = apply(in, counter);
    voidWhatCameBefore(state, in, in.event(), counter, folded);
    long epoch = counter.policy().epoch();
    Optional<Added> added = Added.of(in.event(), folded);
    return Result.of(
            folded.decision(),
            added.map(some -> new DedupeEntry.Part(counter.key(), epoch, some)).stream().toList())
        .takenIf(counter.takes(in.event()));
  }

  private Folded apply(Incoming in, Counter counter) {
    Folded folded = counter.fold(state, in.event(), in);
    Journaling.carryOut(state, in, in.event(), counter, folded);
    return folded;
  }

  /** Nothing is left to release of what was put before, where an event was carried out so. */
  static void voidWhatCameBefore(
      PartitionState state, Incoming in, Event event, Counter counter, Folded folded) {
    boolean accepted = folded.decision().outcome() == Outcome.ACCEPTED;
    if (accepted && voidsWhatCameBefore(event, counter, folded)) {
      state.ids().voided(counter.key(), in.offset());
    }
  }

  private static boolean voidsWhatCameBefore(Event event, Counter counter, Folded folded) {
    return event instanceof Event.Reset
        || folded.after() != counter.before()
            && (event instanceof Event.SetValue
                || event instanceof Write write && (write.replaces() || folded.after() == null));
  }
}
