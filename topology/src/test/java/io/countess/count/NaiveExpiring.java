package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** An expiring count that keeps every put: what the compact state must agree with. */
final class NaiveExpiring {
  private record Kept(long end, long n) {}

  private final List<Kept> puts = new ArrayList<>();
  private OptionalLong lastInstant = OptionalLong.empty();

  Verdict apply(Step step) {
    long instant = Math.max(step.atMillis(), step.floorMillis());
    instant = Math.max(instant, lastInstant.orElse(0));
    var policy = (Policy.Expiring) step.policy();
    if (step.event() instanceof Event.Put put && put.n().isWhole()) {
      return put(put, policy, step.atMillis(), instant);
    }
    if (step.event() instanceof Event.Reset) {
      puts.clear();
      lastInstant = OptionalLong.empty();
      return Verdict.of(Outcome.ACCEPTED, 0, instant);
    }
    return Verdict.of(Outcome.IMPOSSIBLE, countAt(instant), instant);
  }

  private Verdict put(Event.Put put, Policy.Expiring policy, long atMillis, long instant) {
    long n = put.n().whole();
    long limit = policy.limit().orElse(Long.MAX_VALUE);
    long count = countAt(instant);
    boolean observes = policy.terms().mode() == Policy.Mode.OBSERVE;
    if (limit == 0 && n > 0 && !observes) {
      return Verdict.refused(count, instant);
    }
    if (n < 0 || n > limit && !observes || Long.MAX_VALUE - count < n) {
      return Verdict.of(Outcome.IMPOSSIBLE, count, instant);
    }
    if (n == 0) {
      return Verdict.of(Outcome.ACCEPTED, count, instant);
    }
    long ttl = put.ttl().orElse(policy.ttl()).toMillis();
    long end = roundUp(atMillis + ttl, resolution(ttl));
    if (end <= instant) {
      return Verdict.of(Outcome.LATE, count, instant);
    }
    if (count + n > limit && !observes) {
      return Verdict.refused(count, firstFit(limit - n, instant) - instant, instant);
    }
    puts.add(new Kept(end, n));
    lastInstant = OptionalLong.of(instant);
    return count + n > limit
        ? Verdict.observed(count + n, instant)
        : Verdict.of(Outcome.ACCEPTED, count + n, instant);
  }

  long countAt(long millis) {
    return puts.stream().filter(put -> put.end > millis).mapToLong(Kept::n).sum();
  }

  /** When nothing is left of it. */
  long lastEnd() {
    return puts.stream().mapToLong(Kept::end).max().orElse(0);
  }

  OptionalLong lastInstant() {
    return lastInstant;
  }

  private long firstFit(long room, long instant) {
    return puts.stream()
        .mapToLong(Kept::end)
        .filter(end -> end > instant && countAt(end) <= room)
        .min()
        .orElseThrow();
  }

  /** As the design words it: the least power of two times 1 s that is at least ttl/256. */
  static long resolution(long ttl) {
    return ttl < 2000
        ? 10
        : LongStream.iterate(1000, r -> 2 * r)
            .filter(r -> 256 * r >= ttl)
            .findFirst()
            .orElseThrow();
  }

  private static long roundUp(long millis, long resolution) {
    return -Math.floorDiv(-millis, resolution) * resolution;
  }
}
