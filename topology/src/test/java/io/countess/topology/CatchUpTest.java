package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.store.HotStoreBuilder;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** A partition that opens knows how far it is from the end that the log had then. */
class CatchUpTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void shouldHaveCaughtUpOnceItHasFoldedWhatWasThereWhenItOpened() {
    try (var fold = openedAtEnd(3)) {
      var progress = fold.reader().progress();
      var caughtUp = progress.caughtUp(LONG);
      fold.put("n", "k", 1, START);
      fold.put("n", "k", 1, START);
      assertThat(progress.toCatchUp()).isEqualTo(1);
      assertThat(caughtUp).isNotDone();

      fold.put("n", "k", 1, START);

      assertThat(progress.toCatchUp()).isZero();
      assertThat(caughtUp).isCompleted();
    }
  }

  @Test
  void shouldHaveNothingToCatchUpWithInAnEmptyLog() {
    try (var fold = openedAtEnd(0)) {
      assertThat(fold.reader().progress().toCatchUp()).isZero();
      assertThat(fold.reader().progress().caughtUp(LONG)).isCompleted();
    }
  }

  /** As with the marker of a transaction at the end, or where all that was there is too old. */
  @Test
  void shouldAppendARecordThatItCanComeToWhereTheLogEndsWithNone() {
    try (var fold = openedAtEnd(2)) {
      fold.put("n", "k", 1, START);
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.forwarder.sent).isEmpty();
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.forwarder.sent).hasSize(1);

      var tick = fold.forwarder.sent.get(0);
      assertThat(Instant.ofEpochMilli(tick.atMillis())).as("no time passes").isEqualTo(START);
      assertThat(tick.value()).isEqualTo(utf8("{\"op\":\"tick\"}"));
      fold.pipe(tick.key(), tick.value(), Instant.ofEpochMilli(tick.atMillis()));

      assertThat(fold.reader().progress().toCatchUp()).isZero();
    }
  }

  @Test
  void shouldAppendNothingWhileRecordsCome() {
    try (var fold = openedAtEnd(100)) {
      for (int i = 0; i < 50; i++) {
        fold.put("n", "k", 1, START);
        fold.wallClock(Duration.ofSeconds(1));
      }
      assertThat(fold.forwarder.sent).isEmpty();
    }
  }

  private static FoldFixture openedAtEnd(long end) {
    return FoldFixture.of(new FakeLog(new Uuid(1, 1), end), HotStoreBuilder.inMemory(1000));
  }
}
