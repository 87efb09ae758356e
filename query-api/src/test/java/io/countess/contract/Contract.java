package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What a part of the contract kit needs: somebody to ask, and counters that nobody else uses. */
interface Contract {
  AtomicInteger NAMESPACES = new AtomicInteger();

  /** Who commands the service and asks it. */
  Caller caller();

  /** Counters that nobody has used yet, under the default policy. */
  default Counters counters() {
    return new Counters(caller(), "kit-%04d".formatted(NAMESPACES.incrementAndGet()));
  }

  /** Counters that nobody has used yet, under this policy. */
  default Counters counters(String policy) {
    Counters counters = counters();
    assertThat(counters.keep(policy).outcome()).isEqualTo(Outcome.ACCEPTED);
    return counters;
  }

  /**
   * An instant one second after a whole ten, such that the next twenty seconds have passed. Where
   * everything happens at instants that a test gives, nothing has to wait.
   */
  static Instant start() {
    long tens = Instant.now().minusSeconds(30).getEpochSecond() / 10;
    return Instant.ofEpochSecond(tens * 10 + 1);
  }

  /** Why a command can never be carried out, whoever on its way found that. */
  static String whyNever(Supplier<Decision> command) {
    Decision decision;
    try {
      decision = command.get();
    } catch (InvalidInputException invalid) {
      return invalid.getMessage();
    }
    assertThat(decision.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    return decision.reason().orElseThrow();
  }

  /** What so many callers get who all call at the same time. */
  static <T> List<T> race(int callers, IntFunction<T> call) {
    var threads = Executors.newFixedThreadPool(callers);
    var start = new Phaser(callers);
    try {
      List<CompletableFuture<T>> calls =
          IntStream.range(0, callers)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            start.arriveAndAwaitAdvance();
                            return call.apply(i);
                          },
                          threads))
              .toList();
      return calls.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }
}
