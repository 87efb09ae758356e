package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.fold.ForwardMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Time passes through the log only. A put counts from its own time on; decisions are made at the
 * latest of its time, the counter's last instant, and the floor: a minute behind the highest time.
 */
class TimeTest {
  @Test
  void shouldEndAPutByItsOwnTimeHoweverLateItComes() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START.plusSeconds(30));
      fold.put("n", "k", 1, START);

      assertThat(fold.count("n", "k", START.plusSeconds(59))).isEqualTo(2);
      assertThat(fold.count("n", "k", START.plusSeconds(60))).isEqualTo(1);
    }
  }

  @Test
  void shouldNeverLetTimeRunBackForACounter() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START.plusSeconds(30));
      var decision = fold.put("n", "k", 1, START);
      var other = fold.put("n", "other", 1, START);

      assertThat(decision.atMillis()).isEqualTo(START.plusSeconds(30).toEpochMilli());
      assertThat(other.atMillis()).isEqualTo(START.toEpochMilli());
    }
  }

  @Test
  void shouldDecideNothingEarlierThanAMinuteBeforeTheHighestTime() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START.plusSeconds(300));

      var decision =
          fold.apply("n", "b", new Event.Put(1, Optional.of(Duration.ofHours(1))), START);

      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(decision.atMillis()).isEqualTo(START.plusSeconds(240).toEpochMilli());
    }
  }

  @Test
  void shouldAddNothingForWhatHasEndedAtTheFloor() {
    try (var fold = FoldFixture.inMemory()) {
      fold.tick(START.plusSeconds(120));
      var justEnded = fold.put("n", "k", 1, START);
      var justNot = fold.put("n", "k", 1, START.plusMillis(1));

      assertThat(justEnded.outcome()).isEqualTo(Outcome.LATE);
      assertThat(justEnded.count()).hasValue(0);
      assertThat(justNot.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.keys("n")).containsExactly("k");
    }
  }

  @Test
  void shouldAddNothingForWhatHasEndedWhenItsCounterWasDecidedLast() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START.plusSeconds(59));

      var late = fold.apply("n", "k", new Event.Put(1, Optional.of(Duration.ofSeconds(59))), START);

      assertThat(late.outcome()).isEqualTo(Outcome.LATE);
      assertThat(late.count()).hasValue(1);
    }
  }

  @Test
  void shouldCountEachRecordOfItsOwnAlthoughTheyAreAlike() {
    try (var fold = FoldFixture.inMemory()) {
      for (int i = 0; i < 5; i++) {
        fold.pipe("n/k", "{\"n\":2}", START);
      }
      assertThat(fold.count("n", "k", START)).isEqualTo(10);
    }
  }

  @Test
  void shouldCountTheSameInAnyOrderOfArrivalWithinAMinute() {
    int[][] orders = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    for (int[] order : orders) {
      try (var fold = FoldFixture.inMemory()) {
        for (int i : order) {
          fold.put("n", "k", 1L << i, START.plusSeconds(10L * i));
        }
        var end = START.plusSeconds(60);
        assertThat(fold.count("n", "k", end.minusMillis(1))).isEqualTo(15);
        assertThat(fold.count("n", "k", end)).isEqualTo(14);
        assertThat(fold.count("n", "k", end.plusSeconds(10))).isEqualTo(12);
        assertThat(fold.count("n", "k", end.plusSeconds(20))).isEqualTo(8);
      }
    }
  }

  @Test
  void shouldLetPutsOfOneNamespacePassTimeForAllOthersInThePartition() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("busy", "k", 1, START.plusSeconds(600));

      assertThat(fold.put("quiet", "k", 1, START).outcome()).isEqualTo(Outcome.LATE);
    }
  }

  @Test
  void shouldLetRefusedAndImpossiblePutsPassTimeButNotDeadLetters() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("n/k", "{\"x\":1}", START.plusSeconds(600));
      assertThat(fold.put("n", "k", 1, START).outcome()).isEqualTo(Outcome.ACCEPTED);

      fold.put("n", "k", -1, START.plusSeconds(600));
      assertThat(fold.put("n", "k", 1, START).outcome()).isEqualTo(Outcome.LATE);
    }
  }

  @Test
  void shouldLetTimePassByChangesOfAPolicy() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("other", "{\"kind\":\"total\"}", START.plusSeconds(300));

      var decision = fold.put("n", "k", 1, START.plusSeconds(200));

      assertThat(decision.atMillis()).isEqualTo(START.plusSeconds(240).toEpochMilli());
    }
  }

  @Test
  void shouldLetTimePassByChangesThatItsHomePartitionSends() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String elsewhere = Keys.namespaceIn(2, 4);
      Instant later = START.plusSeconds(300);
      fold.pipeForwarded(
          elsewhere + "/",
          "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"}}",
          later,
          new ForwardMark(2, 17, -1, later.toEpochMilli()));

      var decision = fold.put("n", Keys.keyIn("n", 0, 4), 1, START.plusSeconds(200));

      assertThat(decision.atMillis()).isEqualTo(START.plusSeconds(240).toEpochMilli());
    }
  }
}
