package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Several naive counters, each with the steps that it took. What comes is first tried on counters
 * that are made anew of those: what one of them refuses, none of the real ones ever hears of.
 */
final class NaiveLimits {
  private final Policy.Limits policy;
  private final List<List<Step>> taken = new ArrayList<>();
  private long lastInstant;

  NaiveLimits(Policy.Limits policy) {
    this.policy = policy;
    policy.limits().forEach(limit -> taken.add(new ArrayList<>()));
  }

  int size() {
    return taken.size();
  }

  /** What each limit by itself says, at one instant. */
  List<Verdict> each(Event event, long atMillis, long floorMillis) {
    long instant = Math.max(Math.max(atMillis, floorMillis), lastInstant);
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      verdicts.add(counter(i).apply(step(i, event, atMillis, instant)));
    }
    return verdicts;
  }

  /** Takes over what none refuses. */
  void take(Event event, long atMillis, long floorMillis) {
    long instant = Math.max(Math.max(atMillis, floorMillis), lastInstant);
    List<Verdict> verdicts = each(event, atMillis, floorMillis);
    if (event instanceof Event.Reset) {
      taken.forEach(List::clear);
      lastInstant = 0;
      return;
    }
    boolean changes = event instanceof Event.Put put && put.n().whole() != 0;
    for (int i = 0; i < size() && changes; i++) {
      if (verdicts.get(i).outcome() == Outcome.ACCEPTED) {
        taken.get(i).add(step(i, event, atMillis, instant));
        lastInstant = instant;
      }
    }
  }

  /** How much each counts. */
  List<Long> counts(long atMillis) {
    return each(Event.Put.of(0), atMillis, 0).stream().map(Verdict::count).toList();
  }

  static Outcome outcome(List<Verdict> verdicts) {
    var outcomes = verdicts.stream().map(Verdict::outcome).toList();
    for (Outcome worse : List.of(Outcome.IMPOSSIBLE, Outcome.REFUSED, Outcome.ACCEPTED)) {
      if (outcomes.contains(worse)) {
        return worse;
      }
    }
    return Outcome.LATE;
  }

  /** The longest wait of those that refuse, -1 where one of them names none. */
  static long longestWait(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(it -> it.outcome() == Outcome.REFUSED)
        .map(Verdict::retryAfterMillis)
        .map(wait -> wait.orElse(-1))
        .reduce(0L, (one, other) -> one < 0 || other < 0 ? -1 : Math.max(one, other));
  }

  private Function<Step, Verdict> counter(int limit) {
    Function<Step, Verdict> counter = counter(policy.limits().get(limit));
    for (Step step : taken.get(limit)) {
      var unused = counter.apply(step);
    }
    return counter;
  }

  private static Function<Step, Verdict> counter(Policy policy) {
    return switch (policy.kind()) {
      case "expiring" -> new NaiveExpiring()::apply;
      case "leaky" -> new NaiveLeaky()::apply;
      case "window" -> new NaiveWindow()::apply;
      case "total" -> new NaiveTotal()::apply;
      default -> throw new IllegalArgumentException(policy.toString());
    };
  }

  private Step step(int limit, Event event, long atMillis, long instant) {
    Policy one = policy.limits().get(limit);
    var mode = one.terms().in(policy.terms().mode());
    return new Step(event, atMillis, instant, one.with(mode));
  }

  /** Whether a refused put fits after that time, and not before; without one, never. */
  boolean isExact(OptionalLong wait, Event put, long instant) {
    if (wait.isPresent()) {
      return fits(put, instant + wait.getAsLong()) && !fits(put, instant + wait.getAsLong() - 1);
    }
    return LongStream.of(1_000, 60_000, 3_600_000, 90_000_000L)
        .noneMatch(later -> fits(put, instant + later));
  }

  private boolean fits(Event put, long atMillis) {
    return outcome(each(put, atMillis, 0)) == Outcome.ACCEPTED;
  }
}
