package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When a record, a commit or housekeeping fails, nothing of it is ever written: Kafka Streams
 * flushes the caches even of a task that it closes dirty, and can commit what a task has written
 * without its offsets. And no failure looks like one that Kafka Streams would go on after without
 * reading the state anew.
 */
class FailureTest {
  private static final String HERE = Keys.keyIn("n", 0, 4);
  private static final String ELSEWHERE = "n/" + Keys.keyIn("n", 1, 4);

  @Test
  void shouldWriteNothingWhenWhatWasForwardedDidNotArrive() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.put("n", HERE, 1, START);
      fold.changelog();
      fold.forwarder.failFlush(new Forwarder.ForwardingException(new TimeoutException("away")));

      assertThatThrownBy(() -> fold.pipe(ELSEWHERE, null, START)).hasRootCauseMessage("away");

      fold.forwarder.failFlush(null);
      assertNothingIsWritten(fold);
    }
  }

  @Test
  void shouldWriteNothingWhenItFailedHalfWayThroughARecord() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.put("n", HERE, 1, START);
      fold.changelog();
      fold.heard.whenFolded(FailureTest::fail);

      assertThatThrownBy(() -> fold.put("n", HERE, 1, START)).hasRootCauseMessage("half way");

      fold.heard.whenFolded(() -> {});
      assertNothingIsWritten(fold);
    }
  }

  @Test
  void shouldWriteNothingWhenHousekeepingFailed() {
    try (var fold = FoldFixture.inMemory()) {
      housekeepingAhead(fold);
      fold.forwarder.failSend(new IllegalStateException("half way"));

      assertThatThrownBy(() -> fold.wallClock(Duration.ofSeconds(200)))
          .hasRootCauseMessage("half way");

      fold.forwarder.failSend(null);
      assertNothingIsWritten(fold);
    }
  }

  /** One row is dead and its turn has come; for the other, time has to be made to pass. */
  private static void housekeepingAhead(FoldFixture fold) {
    fold.apply("n", "dead", new Event.Put(1, Optional.of(Duration.ofSeconds(1))), START);
    fold.put("n", "waits", 1, START);
    fold.tick(START.plusSeconds(65));
    fold.changelog();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotPassOnFailuresThatKafkaStreamsWouldTakeForItsOwn(boolean timeout) {
    RuntimeException foreign =
        timeout ? new TimeoutException("x") : new TaskCorruptedException(Set.of(new TaskId(0, 0)));
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.heard.whenFolded(
          () -> {
            throw foreign;
          });
      assertThatThrownBy(() -> fold.put("n", HERE, 1, START)).satisfies(FailureTest::assertOurs);
    }
    try (var fold = FoldFixture.ofPartitions(4)) {
      fold.forwarder.failFlush(foreign);
      assertThatThrownBy(() -> fold.pipe(ELSEWHERE, null, START))
          .satisfies(FailureTest::assertOurs);
    }
    try (var fold = FoldFixture.inMemory()) {
      housekeepingAhead(fold);
      fold.forwarder.failSend(foreign);
      assertThatThrownBy(() -> fold.wallClock(Duration.ofSeconds(200)))
          .satisfies(FailureTest::assertOurs);
    }
  }

  private static void assertOurs(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(StreamsException.class)
        .isNotInstanceOf(TaskCorruptedException.class)
        .hasCauseExactlyInstanceOf(IllegalStateException.class);
  }

  private static void assertNothingIsWritten(FoldFixture fold) {
    fold.store().flushCache();
    fold.wallClock(Duration.ZERO);
    assertThat(fold.changelog()).isEmpty();
  }

  private static void fail() {
    throw new IllegalStateException("half way");
  }

  @Test
  void shouldCloseItsForwarderWithTheTask() {
    var fold = FoldFixture.ofPartitions(4);
    fold.pipe(ELSEWHERE, null, START);
    assertThat(fold.forwarder.open()).isEqualTo(1);

    fold.close();

    assertThat(fold.forwarder.open()).isZero();
    assertThat(fold.reader()).isNull();
  }
}
