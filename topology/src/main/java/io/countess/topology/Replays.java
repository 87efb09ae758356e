package io.countess.topology;

import io.countess.count.IdCount;
import io.countess.count.State;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventCodec;
import io.countess.state.Ids;
import io.countess.state.PartitionState;
import io.countess.state.Remembered;
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

/**
 * Lets an event with an id happen once: the first decision is remembered under the id for as long
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
  CounterFold.Carried once(Incoming in, Counter counter, Supplier<CounterFold.Carried> carryOut) {
    Event event = in.event();
    if (event.id().isEmpty()) {
      return carryOut.get();
    }
    String id = event.id().get();
    List<Counter> counters = counters(event, counter);
    long instant = instant(counters, in);
    long content = content(event);
    Remembered first = find(counters, id, instant);
    if (first != null) {
      return CounterFold.Carried.of(
          first.content() == content ? replayed(first) : conflict(id, first, instant));
    }
    // A claim asks each of its counters.
    boolean isClaim = event instanceof Event.Claim;
    Decision full = isClaim ? null : refusalWhereFull(state, counter, instant);
    if (full != null) {
      return CounterFold.Carried.overIds(full);
    }
    CounterFold.Carried carried = carryOut.get();
    if (carried.decision().outcome() == Outcome.ACCEPTED) {
      var accepted =
          new Remembered(
              content, end(counters, instant), in.offset(), carried.decision(), carried.parts());
      state.ids().remember(counters.stream().map(Counter::key).toList(), id, accepted, instant);
    }
    return carried;
  }

  /** Those that remember the event: of a claim all, which no order of them makes another one. */
  private List<Counter> counters(Event event, Counter counter) {
    if (!(event instanceof Event.Claim claim)) {
      return List.of(counter);
    }
    return claim.parts().stream()
        .map(part -> Counter.load(state, RecordKey.of(part.counter())))
        .filter(Objects::nonNull)
        .toList();
  }

  private long instant(List<Counter> counters, Incoming in) {
    long latest = in.atMillis();
    for (Counter counter : counters) {
      latest = Math.max(latest, counter.instant(state, in));
    }
    return latest;
  }

  /** What one of them remembers under the id: where that is this event, all of them do. */
  private Remembered find(List<Counter> counters, String id, long instant) {
    for (Counter counter : counters) {
      Remembered first = state.ids().find(counter.key(), id, instant);
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  /** All forget it together, when the last of them would. */
  private static long end(List<Counter> counters, long instant) {
    long last = instant;
    for (Counter counter : counters) {
      Duration dedupe = counter.counting().policy().terms().dedupe();
      last = Math.max(last, IdCount.end(instant, dedupe));
    }
    return last;
  }

  /** The refusal of an event with an id, where its counter remembers as many as it can, or null. */
  static Decision refusalWhereFull(PartitionState state, Counter counter, long instant) {
    IdCount count = state.ids().count(counter.key());
    if (count.liveAt(instant) < Ids.MAX_LIVE) {
      return null;
    }
    long when = count.whenAtMost(Ids.MAX_LIVE - 1, instant);
    var refused =
        new Decision(
            Outcome.REFUSED,
            Optional.of(
                "the counter remembers %d ids, the most that it can".formatted(Ids.MAX_LIVE)),
            countOf(counter, instant),
            counter.counting().policy().limit(),
            when == State.NEVER ? OptionalLong.empty() : OptionalLong.of(when - instant),
            instant,
            Optional.empty());
    return refused.freeAfter(counter.counting().freeAfterMillis(counter.before(), instant));
  }

  private Decision replayed(Remembered first) {
    Decision decision = first.decision();
    return decision.with(decision.details().asReplayed()).at(position(first));
  }

  private Decision conflict(String id, Remembered first, long instant) {
    String why = "the id '%s' was used at %s for something else".formatted(id, position(first));
    return new Decision(Outcome.CONFLICT, Optional.of(why), instant);
  }

  private Position position(Remembered first) {
    return Position.of(partition, first.offset());
  }

  private static OptionalLong countOf(Counter counter, long instant) {
    State before = counter.before();
    return OptionalLong.of(before == null ? counter.counting().initial() : before.countAt(instant));
  }

  /** A hash of an event; a claim says the same in every order of its counters. */
  private static long content(Event event) {
    return hash(EventCodec.encode(event instanceof Event.Claim claim ? sorted(claim) : event));
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
