package io.countess.client;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Sees to it that totals exist before they are claimed from.
 *
 * <p>Whether a counter exists is asked first, which costs no record. Where it does not, one thread
 * of this process leads: it asks once more, since the one that led before it may just have
 * finished, then asks the supplier, and sets the counter if it is absent. The log orders the sets
 * of all processes, so the first one counts, and the rest change nothing.
 */
final class UsageLoads {
  /** What is being loaded now: at most one entry for each thread that calls. */
  private final Map<CounterName, CompletableFuture<Optional<Decision>>> loading =
      new ConcurrentHashMap<>();

  /**
   * Returns when the counter exists.
   *
   * @return empty then; why it could not be set, where the policy does not allow that
   */
  Optional<Decision> require(
      Counts counts, CounterName counter, LongSupplier usage, Deadline deadline) {
    if (counts.ask(counter, Optional.empty(), deadline).value().exists()) {
      return Optional.empty();
    }
    var mine = new CompletableFuture<Optional<Decision>>();
    var leading = loading.putIfAbsent(counter, mine);
    if (leading != null) {
      return follow(leading, deadline);
    }
    try {
      Optional<Decision> obstacle = lead(counts, counter, usage, deadline);
      mine.complete(obstacle);
      return obstacle;
    } catch (RuntimeException | Error failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      loading.remove(counter, mine);
    }
  }

  private static Optional<Decision> lead(
      Counts counts, CounterName counter, LongSupplier usage, Deadline deadline) {
    if (counts.ask(counter, Optional.empty(), deadline).value().exists()) {
      return Optional.empty();
    }
    var set = new Event.SetValue(deadline.apart(usage), true, Optional.of(Claims.newId()));
    var decision = counts.decide(Submission.of(counter, set), deadline);
    return decision.outcome() == Outcome.ACCEPTED ? Optional.empty() : Optional.of(decision);
  }

  private static Optional<Decision> follow(
      CompletableFuture<Optional<Decision>> leading, Deadline deadline) {
    try {
      return leading.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      String within = Durations.format(deadline.whole());
      String message = "another call did not load the initial usage within " + within;
      throw new UncheckedIOException(message, new IOException(message, late));
    } catch (ExecutionException failed) {
      String why = "the initial usage could not be loaded: " + failed.getCause().getMessage();
      throw new IllegalStateException(why, failed.getCause());
    } catch (InterruptedException interrupted) {
      throw Transport.interrupted();
    }
  }
}
