package io.countess.topology;

import io.countess.count.IdCount;
import io.countess.count.State;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.codec.EventCodec;
import io.countess.state.Ids;
import io.countess.state.PartitionState;
import io.countess.state.Remembered;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
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
    Optional<String> id = in.event().id();
    if (id.isEmpty()) {
      return carryOut.get();
    }
    byte[] key = counter.key();
    long instant = counter.instant(state, in);
    long content = hash(EventCodec.encode(in.event()));
    Remembered first = state.ids().find(key, id.get(), instant);
    if (first != null) {
      return CounterFold.Carried.of(
          first.content() == content ? replayed(first) : conflict(id.get(), first, instant));
    }
    Decision full = refusalWhereFull(state, counter, instant);
    if (full != null) {
      return CounterFold.Carried.overIds(full);
    }
    CounterFold.Carried carried = carryOut.get();
    if (carried.decision().outcome() == Outcome.ACCEPTED) {
      long end = IdCount.end(instant, counter.counting().policy().terms().dedupe());
      var event = new Remembered(content, end, in.offset(), carried.decision(), carried.parts());
      state.ids().remember(key, id.get(), event, instant);
      admit(in, key, carried, instant, end);
    }
    return carried;
  }

  /** Each counter counts the ids of what it may have to give back. */
  private void admit(Incoming in, byte[] key, CounterFold.Carried carried, long instant, long end) {
    if (carried.parts().stream().noneMatch(part -> Arrays.equals(part.recordKey(), key))) {
      state.ids().admit(key, instant, end);
    }
    for (Remembered.Part part : carried.parts()) {
      state.ids().admit(part.recordKey(), instant, end);
    }
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
    var none = OptionalLong.empty();
    return new Decision(
        Outcome.CONFLICT,
        Optional.of("the id '%s' was used at %s for something else".formatted(id, position(first))),
        none,
        none,
        none,
        instant,
        Optional.empty());
  }

  private Position position(Remembered first) {
    return Position.of(partition, first.offset());
  }

  private static OptionalLong countOf(Counter counter, long instant) {
    State before = counter.before();
    return OptionalLong.of(before == null ? counter.counting().initial() : before.countAt(instant));
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
