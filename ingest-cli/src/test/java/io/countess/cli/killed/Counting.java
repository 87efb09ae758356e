package io.countess.cli.killed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A client that counts on a thread of its own until it is stopped. */
final class Counting {
  private static final long STOP_SECONDS = 90;

  private final Client client;
  private final Books books = new Books();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile boolean stopped;
  private int before;

  Counting(Client client) {
    this.client = client;
  }

  void start(Executor threads) {
    threads.execute(this::countUntilStopped);
  }

  private void countUntilStopped() {
    try {
      while (!stopped) {
        client.count(books);
      }
      end.complete(null);
    } catch (Exception | AssertionError failure) {
      end.completeExceptionally(failure);
    }
  }

  /** From here on it has to come far enough anew. */
  void mark() {
    before = books.answered();
  }

  /** Also where it has failed: that is told in the end, beside what the others say. */
  boolean isFarEnough() {
    return end.isDone() || books.answered() >= before + client.enough();
  }

  void stop() {
    stopped = true;
  }

  /** All that is wrong, under its name. */
  void check() {
    assertAll(
        name(),
        this::awaitEnd,
        () -> client.check(books),
        () -> assertThat(books.unknown()).as("unknown").isLessThan(client.enough()));
  }

  private void awaitEnd() throws Exception {
    try {
      end.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new AssertionError("it ended early: " + failure.getCause(), failure.getCause());
    }
  }

  String name() {
    return client.getClass().getSimpleName();
  }
}
