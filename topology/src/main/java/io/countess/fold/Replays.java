package io.countess.fold;

import io.countess.count.IdCount;
import io.countess.count.State;
import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventCodec;
import io.countess.state.DedupeEntry;
import io.countess.state.PartitionState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets an event with an id happen once. The first decision is remembered under the id for as long
 * as the policy says, and answers every repetition.
 */
final class Replays {
  private final PartitionState state;
  private final int partition;

  Replays(PartitionState state, int partition) {
    this.state = state;
    this.partition = partition;
  }

  /** Carries out an event on a counter, unless it was accepted before under its id. */
  CounterFold.Result once(Incoming in, Counter counter, Supplier<CounterFold.Result> carryOut) {
    Event event = in.event();
    if (event.id().isEmpty()) {
      return carryOut.get();
    }
    String id = event.id().get();
    long age = Counter.age(state, in);
    List<Counter> counters = counters(event, counter, age);
    long content = content(event);
    DedupeEntry first = find(counters, id, age);
    if (first != null) {
      long present = Counter.present(state, in);
      return CounterFold.Result.of(
          first.content() == content ? replayed(first) : conflict(id, first, present));
    }
    // A claim and a batch ask each of their counters.
    boolean isOfOne = event.first().isEmpty();
    Decision full = isOfOne ? refusalWhereFull(state, counter, in) : null;
    if (full != null) {
      return CounterFold.Result.overIds(full);
    }
    CounterFold.Result result = carryOut.get();
    if (result.decision().outcome() == Outcome.ACCEPTED) {
      // A batch may have brought policies.
      List<Counter> after = event instanceof Batch ? counters(event, counter, age) : counters;
      remember(in, after, content, result);
    }
    return result;
  }

  private void remember(
      Incoming in, List<Counter> counters, long content, CounterFold.Result result) {
    long sent = Math.max(in.sentMillis(), result.decision().atMillis());
    long end = end(counters, state.checkpoint().ageAt(sent));
    var accepted = new DedupeEntry(content, end, in.offset(), result.decision(), result.parts());
    state
        .ids()
        .remember(
            counters.stream().map(Counter::key).toList(),
            in.event().id().orElseThrow(),
            in.event() instanceof Batch ? accepted.asBatch() : accepted,
            Counter.age(state, in));
  }

  /**
   * Those that remember the event: of a claim and of its release all counters of the claim, which
   * in another order is no other claim; all those of a batch.
   */
  private List<Counter> counters(Event event, Counter counter, long age) {
    if (event instanceof Event.Claim claim) {
      return load(claim.parts().stream().map(Event.Claim.Part::counter));
    }
    if (event instanceof Batch batch) {
      return load(batch.parts().stream().map(Batch.Part::counter).distinct());
    }
    if (event instanceof Event.Release release) {
      DedupeEntry of = state.ids().find(counter.key(), release.of(), age);
      if (of != null && !of.isBatch() && !of.decision().details().parts().isEmpty()) {
        return load(of.decision().details().parts().stream().map(Decision.Part::counter));
      }
    }
    return List.of(counter);
  }

  private List<Counter> load(Stream<CounterName> names) {
    return names
        .map(name -> Counter.load(state, RecordKey.of(name)))
        .filter(Objects::nonNull)
        .toList();
  }

  /** What one of them remembers under the id: where that is this event, all of them do. */
  private DedupeEntry find(List<Counter> counters, String id, long age) {
    for (Counter counter : counters) {
      DedupeEntry first = state.ids().find(counter.key(), id, age);
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  /** All forget it together, when the last of them would. */
  private static long end(List<Counter> counters, long fromMillis) {
    long last = fromMillis;
    for (Counter counter : counters) {
      Duration dedupe = counter.counting().policy().terms().dedupe();
      last = Math.max(last, IdCount.end(fromMillis, dedupe));
    }
    return last;
  }

  /** The refusal of an event with an id, where its counter remembers as many as it can, or null. */
  static Decision refusalWhereFull(PartitionState state, Counter counter, Incoming in) {
    IdCount count = state.ids().count(counter.key());
    long age = Counter.age(state, in);
    long most = counter.counting().policy().terms().maxIds();
    if (count.liveAt(age) < most) {
      return null;
    }
    long when = count.whenAtMost(most - 1, age);
    long instant = counter.instant(state, in);
    var refused =
        new Decision(
                Outcome.REFUSED,
                Optional.of("the counter remembers %d ids, as many as it may".formatted(most)),
                instant)
            .counting(countOf(counter, instant), counter.counting().policy().limit());
    return counter
        .counting()
        .freeing(counter.before(), refused)
        .waitingFrom(Counter.present(state, in))
        .retryAfter(when == State.NEVER ? OptionalLong.empty() : OptionalLong.of(when - age));
  }

  private Decision replayed(DedupeEntry first) {
    Decision decision = first.decision();
    return decision.with(decision.details().asReplayed()).at(position(first));
  }

  private Decision conflict(String id, DedupeEntry first, long instant) {
    String why = "the id '%s' was used at %s for something else".formatted(id, position(first));
    return new Decision(Outcome.CONFLICT, Optional.of(why), instant);
  }

  private Position position(DedupeEntry first) {
    return Position.of(partition, first.offset());
  }

  private static OptionalLong countOf(Counter counter, long instant) {
    State before = counter.before();
    return OptionalLong.of(before == null ? counter.counting().initial() : before.countAt(instant));
  }

  /**
   * A hash of an event. A claim says the same in every order of its counters, and a batch whatever
   * its note is.
   */
  private static long content(Event event) {
    if (event instanceof Event.Claim claim) {
      return hash(EventCodec.encode(sorted(claim)));
    }
    return hash(EventCodec.encode(event instanceof Batch batch ? withoutNote(batch) : event));
  }

  private static Batch withoutNote(Batch batch) {
    return new Batch(batch.parts(), batch.together(), batch.id(), Optional.empty());
  }

  private static Event.Claim sorted(Event.Claim claim) {
    List<Event.Claim.Part> parts = new ArrayList<>(claim.parts());
    parts.sort(Comparator.comparing(part -> RecordKey.of(part.counter()), Arrays::compare));
    return new Event.Claim(parts, claim.id());
  }

  /** 64 bits of SHA-256: what differs by accident differs here. */
  private static long hash(byte[] content) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
