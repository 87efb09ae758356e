package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Future<?> ANSWER = CompletableFuture.completedFuture(1);

  private final CountDownLatch never = new CountDownLatch(1);

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldWaitForWhatComesToItsEnd() throws Exception {
    var closed = new CompletableFuture<Void>();

    assertThat(new Stop(() -> ANSWER, LONG, LONG).run(() -> closed.complete(null))).isTrue();

    assertThat(closed).isDone();
  }

  @Test
  void shouldGiveUpWhereKafkaIsSilent() throws Exception {
    var silent = new CompletableFuture<Void>();

    assertThat(new Stop(() -> silent, SHORT, LONG).run(this::hang)).isFalse();
  }

  @Test
  void shouldGiveUpWhereKafkaCanNotBeReached() throws Exception {
    var refused = CompletableFuture.failedFuture(new IllegalStateException("no broker"));

    assertThat(new Stop(() -> refused, SHORT, LONG).run(this::hang)).isFalse();
  }

  @Test
  void shouldGiveUpAfterAWhileWhereKafkaAnswersAndItTakesTooLong() throws Exception {
    assertThat(new Stop(() -> ANSWER, LONG, SHORT).run(this::hang)).isFalse();
  }

  @Test
  void shouldComeToItsEndWhereKafkaFallsSilentAndNothingWaitsForIt() throws Exception {
    var closing = new CountDownLatch(1);
    var silent = new CompletableFuture<Void>();

    assertThat(
            new Stop(
                    () -> {
                      closing.countDown();
                      return silent;
                    },
                    LONG,
                    LONG)
                .run(() -> awaitThat(closing)))
        .isTrue();
  }

  private static void awaitThat(CountDownLatch closing) {
    try {
      closing.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
