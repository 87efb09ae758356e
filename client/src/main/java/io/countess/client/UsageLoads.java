package io.countess.client;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
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
  private final Counts counts;

  /** What is being loaded now: at most one entry for each thread that calls. */
  private final Map<CounterName, CompletableFuture<Optional<Decision>>> loading =
      new ConcurrentHashMap<>();

  UsageLoads(Counts counts) {
    this.counts = counts;
  }

  /**
   * Returns when the counter exists.
   *
   * @return empty then; why it could not be set, where the policy does not allow that
   */
  Optional<Decision> require(CounterName counter, LongSupplier usage) {
    if (counts.count(counter).exists()) {
      return Optional.empty();
    }
    var mine = new CompletableFuture<Optional<Decision>>();
    var leading = loading.putIfAbsent(counter, mine);
    return leading == null ? lead(counter, usage, mine) : follow(leading);
  }

  private Optional<Decision> lead(
      CounterName counter, LongSupplier usage, CompletableFuture<Optional<Decision>> mine) {
    try {
      Optional<Decision> obstacle =
          counts.count(counter).exists() ? Optional.empty() : set(counter, usage.getAsLong());
      mine.complete(obstacle);
      return obstacle;
    } catch (RuntimeException | Error failure) {
      mine.completeExceptionally(failure);
      throw failure;
    } finally {
      loading.remove(counter, mine);
    }
  }

  private static Optional<Decision> follow(CompletableFuture<Optional<Decision>> leading) {
    try {
      return leading.get();
    } catch (ExecutionException failed) {
      String why = "the initial usage could not be loaded: " + failed.getCause().getMessage();
      throw new IllegalStateException(why, failed.getCause());
    } catch (InterruptedException interrupted) {
      throw Transport.interrupted();
    }
  }

  private Optional<Decision> set(CounterName counter, long usage) {
    var set = new Event.SetValue(usage, true, Optional.of(Claims.newId()));
    var decision = counts.decide(Submission.of(counter, set));
    return decision.outcome() == Outcome.ACCEPTED ? Optional.empty() : Optional.of(decision);
  }
}
