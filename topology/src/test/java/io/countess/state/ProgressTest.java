package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Who waits for the fold is told when it has come that far, and never forgotten. */
class ProgressTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void shouldCompleteAtOnceForWhatHasBeenFolded() {
    var progress = new Progress();
    progress.folded(5);

    assertThat(progress.offset()).isEqualTo(5);
    assertThat(progress.reached(5, LONG)).isCompleted();
    assertThat(progress.reached(6, LONG)).isNotDone();
  }

  @Test
  void shouldCompleteWhenTheRecordHasBeenFolded() {
    var progress = new Progress();
    CompletableFuture<Void> third = progress.reached(3, LONG);
    progress.folded(2);
    assertThat(third).isNotDone();

    progress.folded(3);

    assertThat(third).isCompleted();
  }

  @Test
  void shouldCompleteWhenThatVeryPolicyChangeHasBeenApplied() {
    var progress = new Progress();
    CompletableFuture<Void> applied = progress.applied(2, 17, LONG);
    progress.applied(2, 16);
    progress.applied(2, 18);
    progress.applied(3, 17);
    assertThat(applied).as("a later one says nothing of it").isNotDone();

    progress.applied(2, 17);

    assertThat(applied).isCompleted();
    assertThat(progress.applied(2, 17, LONG)).isCompleted();
    assertThat(progress.applied(3, 0, LONG)).isNotDone();
  }

  @Test
  void shouldKnowOfPolicyChangesThatWereAppliedBeforeItWasOpened() {
    var progress = new Progress();
    var checkpoint = new Checkpoint(4);
    checkpoint.received(2, 17);
    progress.openedWith(checkpoint, 4);

    assertThat(progress.applied(2, 16, LONG)).isCompleted();
    assertThat(progress.applied(2, 17, LONG)).isCompleted();
    assertThat(progress.applied(2, 18, LONG)).isNotDone();
  }

  @Test
  void shouldFailWhoWaitsWhenThePartitionLeaves() {
    var progress = new Progress();
    CompletableFuture<Void> waits = progress.reached(3, LONG);

    progress.close();

    assertThat(waits).isCompletedExceptionally();
  }

  @Test
  void shouldFailWhoComesAfterThePartitionHasLeft() {
    var progress = new Progress();
    progress.close();

    assertThat(progress.reached(3, LONG)).isCompletedExceptionally();
  }

  @Test
  void shouldRefuseMoreThanItsBoundOfWaiters() {
    var progress = new Progress();
    for (int i = 0; i < Progress.MAX_WAITING; i++) {
      assertThat(progress.reached(7, LONG)).isNotDone();
    }

    assertThatThrownBy(() -> progress.reached(7, LONG).join()).hasMessageContaining("wait");

    progress.folded(7);
    assertThat(progress.reached(8, LONG)).isNotDone();
  }

  /** No record comes in an idle partition, so nothing but the next question can clear them away. */
  @Test
  void shouldMakeRoomForNewWaitersWhereOldOnesHaveGivenUp() {
    var progress = new Progress();
    for (int i = 0; i < 3 * Progress.MAX_WAITING; i++) {
      CompletableFuture<Void> waits = progress.reached(7, LONG);
      assertThat(waits).isNotDone();
      waits.cancel(false);
    }

    CompletableFuture<Void> last = progress.reached(7, LONG);
    progress.folded(7);

    assertThat(last).isCompleted();
  }

  @Test
  void shouldFailWhoHasWaitedForTooLong() {
    assertThatThrownBy(() -> new Progress().reached(7, Duration.ofMillis(1)).join())
        .hasCauseInstanceOf(TimeoutException.class);
  }

  /** A question that can never be answered must not keep its place. */
  @Test
  void shouldGiveThePlacesBackOfThoseWhoseDeadlineHasPassed() {
    var progress = new Progress();
    for (int i = 0; i < Progress.MAX_WAITING; i++) {
      var unused = progress.reached(7, Duration.ofMillis(1));
    }

    await().until(() -> !progress.reached(7, LONG).isDone());
  }

  @Test
  void shouldLoseNoWakeUpWhileManyWaitAndTheFoldGoesOn() throws Exception {
    var progress = new Progress();
    var askers = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 200; round++) {
        long last = progress.offset() + 200;
        var start = new CyclicBarrier(3);
        List<Future<List<CompletableFuture<Void>>>> asking =
            List.of(
                askers.submit(() -> ask(progress, last, start)),
                askers.submit(() -> ask(progress, last, start)));
        start.await();
        while (progress.offset() < last) {
          progress.folded(progress.offset() + 1);
        }
        var asked = new ArrayList<>(asking.get(0).get(30, TimeUnit.SECONDS));
        asked.addAll(asking.get(1).get(30, TimeUnit.SECONDS));
        assertThat(asked).allMatch(CompletableFuture::isDone);
      }
    } finally {
      askers.shutdownNow();
    }
  }

  /** Asks for what is folded just now, so that asking and folding meet. */
  private static List<CompletableFuture<Void>> ask(
      Progress progress, long last, CyclicBarrier start) throws Exception {
    var waiting = new ArrayList<CompletableFuture<Void>>();
    start.await();
    for (long now = progress.offset(); now < last; now = progress.offset()) {
      waiting.add(progress.reached(now + 1, LONG));
    }
    return waiting;
  }
}
