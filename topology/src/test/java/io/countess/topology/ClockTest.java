package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.codec.ClockStamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server stamps has the time of its partition, whatever the clock of the machine shows. */
class ClockTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldHoldALimitThoughTheClockIsSetBack() {
    fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"60s\",\"limit\":2}", START);
    put("k");
    put("k");
    fold.machine.step(HOUR.negated());

    Decision refused = put("k");

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(put("new").outcome()).isEqualTo(Outcome.ACCEPTED);
    fold.machine.pass(Duration.ofMillis(refused.retryAfterMillis().getAsLong() - 1));
    assertThat(put("k").outcome()).isEqualTo(Outcome.REFUSED);
    fold.machine.pass(Duration.ofMillis(1));
    assertThat(put("k").outcome()).as("the wait was true").isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldTellTrueWaitsOfABucketWhereTheClockIsSetBack() {
    fold.policy("n", "{\"kind\":\"leaky\",\"rate\":\"10/m\",\"capacity\":2}", START);
    put("k");
    fold.machine.step(HOUR.negated());
    put("k");

    Decision refused = put("k");

    assertThat(refused.retryAfterMillis()).hasValue(6000);
    fold.machine.pass(Duration.ofSeconds(6));
    assertThat(put("k").outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldCountInTheWindowOfThePartitionsClock() {
    fold.policy("n", "{\"kind\":\"window\",\"period\":\"1m\",\"limit\":1}", START);
    put("k");
    fold.machine.step(HOUR.negated());

    assertThat(put("k").outcome()).isEqualTo(Outcome.REFUSED);
    fold.machine.pass(Duration.ofMinutes(1));
    assertThat(put("k").outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldNotLetWhatSomebodyStampedAheadMakeLaterPutsLate() {
    fold.put("n", "k", 1, START.plusSeconds(50));

    Decision decision =
        fold.stamped("n", "k", new Event.Put(1, Optional.of(Duration.ofSeconds(1))));

    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.count()).hasValue(2);
    assertThat(decision.atMillis()).isEqualTo(START.plusSeconds(50).toEpochMilli());
  }

  @Test
  void shouldTakeWhatAServerStampedThatDoesNotHoldThePartitionAndWhoseClockIsBehind() {
    fold.put("n", "k", 1, START);
    long dayAgo = START.minus(Duration.ofDays(1)).toEpochMilli();

    Decision decision = fold.stamped("n", "k", Event.Put.ONE, dayAgo, ClockStamp.BY_WALL_CLOCK);

    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.atMillis()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void shouldRememberAnIdForAsLongAsThePolicySaysThoughTheClockIsSetForward() {
    Event put = Event.Put.of(1).withId(Optional.of("a"));
    fold.stamped("n", "k", put);
    fold.machine.step(HOUR);

    assertThat(fold.stamped("n", "k", put).details().replayed()).isTrue();
    fold.machine.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(fold.stamped("n", "k", put).details().replayed()).isTrue();
    fold.machine.pass(Duration.ofSeconds(5));
    assertThat(fold.stamped("n", "k", put).details().replayed()).isFalse();
  }

  @Test
  void shouldRememberAnIdThoughTheClockIsSetForwardAndBack() {
    Event put = Event.Put.of(1).withId(Optional.of("a"));
    fold.machine.step(HOUR);
    fold.stamped("n", "k", put);
    fold.machine.step(HOUR.negated());

    assertThat(fold.stamped("n", "k", put).details().replayed()).isTrue();
    fold.machine.pass(Duration.ofMinutes(10).plusSeconds(5));
    assertThat(fold.stamped("n", "k", put).details().replayed()).isFalse();
  }

  @Test
  void shouldRemoveTheRowsOfIdsByWhatHasPassed() {
    fold.stamped("n", "k", Event.Put.of(1).withId(Optional.of("a")));
    fold.machine.step(HOUR);
    fold.stamped("n", "other", Event.Put.ONE);
    fold.wallClock(Duration.ofSeconds(2));
    assertThat(fold.forwarder.sent).as("nothing is due").isEmpty();

    fold.wallClock(Duration.ofMinutes(12));

    assertThat(fold.forwarder.sent).isNotEmpty();
  }

  @Test
  void shouldLetATickPassTimeByThePartitionsClock() {
    fold.stamped("n", "k", Event.Put.ONE);
    fold.machine.step(HOUR.negated());
    fold.wallClock(Duration.ofSeconds(130));
    var tick = fold.forwarder.sent.get(0);
    assertThat(tick.atMillis())
        .as("what brokers take")
        .isBetween(
            START.minus(HOUR).toEpochMilli(), START.minus(HOUR).plusSeconds(130).toEpochMilli());

    for (int seconds = 0; seconds < 200 && !fold.keys("n").isEmpty(); seconds++) {
      foldTick(fold.forwarder.sent.size() - 1);
      fold.wallClock(Duration.ofSeconds(1));
    }
    assertThat(fold.keys("n")).isEmpty();
  }

  /** So the clock does not stand still where nobody else says how much time has passed. */
  @Test
  void shouldAppendTicksWhileTheWallClockIsBehindAndRecordsCome() {
    put("k");
    fold.machine.step(HOUR.negated());
    fold.wallClock(Duration.ofSeconds(1));
    assertThat(fold.forwarder.sent).as("the log hears of the step").hasSize(1);
    foldTick(0);

    fold.wallClock(Duration.ofSeconds(10));
    assertThat(fold.forwarder.sent).as("nothing comes").hasSize(1);

    fold.stamped("n", "k", Event.Put.ONE, fold.machine.wallMillis(), ClockStamp.BY_WALL_CLOCK);
    fold.wallClock(Duration.ofSeconds(1));
    assertThat(fold.forwarder.sent).hasSize(2);
    foldTick(1);

    assertThat(put("other").atMillis()).isEqualTo(START.plusSeconds(12).toEpochMilli());
  }

  private void foldTick(int index) {
    var tick = fold.forwarder.sent.get(index);
    fold.pipe(tick.key(), tick.value(), tick.headers(), Instant.ofEpochMilli(tick.atMillis()));
  }

  @Test
  void shouldShowThePresentOfThePartition() {
    put("k");
    fold.machine.step(HOUR.negated());
    fold.machine.pass(Duration.ofSeconds(7));

    var clock = fold.reader().clock();

    assertThat(clock.nowMillis()).isEqualTo(START.plusSeconds(7).toEpochMilli());
    assertThat(clock.wallBehindMillis()).isEqualTo(HOUR.toMillis());
  }

  /** What another partition forwards bears the time of the record, and not that one's clock. */
  @Test
  void shouldForwardAPolicyWithTheTimeOfItsRecord() {
    try (var four = FoldFixture.ofPartitions(4)) {
      String here = Keys.namespaceIn(0, 4);
      four.stamped(here, Keys.keyIn(here, 0, 4), Event.Put.ONE);
      long hourAgo = START.minus(HOUR).toEpochMilli();
      var change = new Event.ChangePolicy(Optional.of(Policy.DEFAULT), OnChange.KEEP);

      Decision decision =
          four.stamped(here, "", change, hourAgo, new ClockStamp(HOUR.toMillis() + 3, 0));

      assertThat(decision.atMillis()).isEqualTo(START.plusMillis(3).toEpochMilli());
      assertThat(four.forwarder.sent).hasSize(3);
      assertThat(four.forwarder.mark(0).atMillis()).isEqualTo(hourAgo);
    }
  }

  private Decision put(String key) {
    return fold.stamped("n", key, Event.Put.ONE);
  }
}
