package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.LogFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Where nothing comes, but something waits to expire, the owner makes time pass by a tick. */
class TickTest {
  @Test
  void shouldAppendATickOnceARowWaitsToExpireAndNothingElseComes() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.wallClock(Duration.ofSeconds(124));
      assertThat(fold.forwarder.sent).isEmpty();

      fold.wallClock(Duration.ofSeconds(2));

      assertThat(fold.forwarder.sent).hasSize(1);
      var tick = fold.forwarder.sent.get(0);
      assertThat(tick.partition()).isZero();
      assertThat(tick.value()).isEqualTo(utf8("{\"op\":\"tick\"}"));
      assertThat(tick.atMillis()).isEqualTo(START.plusSeconds(126).toEpochMilli());
      assertThat(tick.headers()).extracting(Header::key).containsExactly(LogFormat.CLOCK_HEADER);
    }
  }

  @Test
  void shouldExpireTheRowWhenTheTickHasBeenFolded() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.wallClock(Duration.ofSeconds(130));
      assertThat(fold.keys("n")).containsExactly("k");

      foldTick(fold);
      fold.wallClock(Duration.ofSeconds(1));

      assertThat(fold.keys("n")).isEmpty();
    }
  }

  @Test
  void shouldAppendNoMoreTicksWhenNothingWaitsAnyMore() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.wallClock(Duration.ofSeconds(130));
      foldTick(fold);

      for (int i = 0; i < 600; i++) {
        fold.wallClock(Duration.ofSeconds(1));
      }
      assertThat(fold.forwarder.sent).hasSize(1);
    }
  }

  @Test
  void shouldNotAppendOneAfterTheOtherWhileTheFirstIsOnItsWay() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.wallClock(Duration.ofSeconds(130));
      for (int i = 0; i < 20; i++) {
        fold.wallClock(Duration.ofMillis(200));
      }
      assertThat(fold.forwarder.sent).hasSize(1);

      fold.wallClock(Duration.ofSeconds(2));
      assertThat(fold.forwarder.sent).as("it may have been lost").hasSize(2);
    }
  }

  @Test
  void shouldAppendNoTickWhereRecordsMakeTimePass() {
    try (var fold = FoldFixture.inMemory()) {
      for (int second = 0; second < 600; second += 4) {
        fold.put("n", "k" + second, 1, START.plusSeconds(second));
        fold.wallClock(Duration.ofSeconds(4));
      }
      assertThat(fold.forwarder.sent).isEmpty();
    }
  }

  @Test
  void shouldAppendNoTickToAnEmptyPartitionOrOneOfTotals() {
    try (var fold = FoldFixture.inMemory()) {
      fold.wallClock(Duration.ofDays(1));
      fold.policy("n", "{\"kind\":\"total\"}", START);
      fold.put("n", "k", 1, START);
      fold.wallClock(Duration.ofDays(1));

      assertThat(fold.forwarder.sent).isEmpty();
    }
  }

  @Test
  void shouldAppendATickForABucketThatWaitsToBeEmpty() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"leaky\",\"rate\":\"1/m\"}", START);
      fold.put("n", "k", 2, START);
      fold.wallClock(Duration.ofSeconds(200));

      assertThat(fold.forwarder.sent).hasSize(1);
    }
  }

  /** A long life comes due in steps: each needs time to pass up to it, and no tick before. */
  @Test
  void shouldAppendFewTicksForARowThatLivesLong() {
    try (var fold = FoldFixture.inMemory()) {
      var day = Duration.ofDays(1);
      fold.apply("n", "k", new Event.Put(1, Optional.of(day)), START);
      for (int minute = 0; minute < 2 * 24 * 60; minute++) {
        int before = fold.forwarder.sent.size();
        fold.wallClock(Duration.ofMinutes(1));
        if (fold.forwarder.sent.size() > before) {
          foldTick(fold);
        }
      }
      assertThat(fold.keys("n")).isEmpty();
      assertThat(fold.forwarder.sent).hasSizeBetween(1, 2);
    }
  }

  /** As where the clock here is more than a minute ahead of the broker's. */
  @Test
  void shouldGoOnWhereTheLogTakesNoTick() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String here = Keys.keyIn("n", 0, 4);
      fold.put("n", here, 1, START);
      fold.forwarder.refuseOffers(new InvalidTimestampException("too far ahead"));

      fold.wallClock(Duration.ofSeconds(130));
      fold.wallClock(Duration.ofSeconds(6));
      fold.put("n", here, 1, START);
      fold.pipe("n/" + Keys.keyIn("n", 1, 4), null, START);

      assertThat(fold.heard.ticksFailed).isEqualTo(2);
      assertThat(fold.forwarder.sent).as("forwards are another matter").hasSize(1);
      assertThat(fold.count("n", here, START)).isEqualTo(2);
      assertThat(fold.changelog()).isNotEmpty();
    }
  }

  private static void foldTick(FoldFixture fold) {
    var tick = fold.forwarder.sent.get(fold.forwarder.sent.size() - 1);
    fold.pipe(tick.key(), tick.value(), tick.headers(), Instant.ofEpochMilli(tick.atMillis()));
  }
}
