package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.Tally;
import io.countess.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The totals of namespaces and of everything: kept as the fold goes, never scanned for. */
class TotalsTest {
  @Test
  void shouldSumWhatHasNotEndedAndCountTheKeysThatLive() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 2, START);
      fold.put("n", "a", 3, START.plusSeconds(10));
      fold.put("n", "b", 5, START.plusSeconds(20));
      fold.put("m", "a", 7, START.plusSeconds(30));

      Tally n = fold.namespace("n").tally();
      assertTotals(n, START.plusSeconds(30), 10, 2);
      assertTotals(n, START.plusSeconds(60), 8, 2);
      assertTotals(n, START.plusSeconds(70), 5, 1);
      assertTotals(n, START.plusSeconds(80), 0, 0);
      assertTotals(fold.reader().everything(), START.plusSeconds(30), 17, 3);
      assertTotals(fold.reader().everything(), START.plusSeconds(85), 7, 1);
    }
  }

  @Test
  void shouldFollowTotalsUpAndDownAndWhenTheyAreSet() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"total\"}", START);
      fold.put("n", "a", 10, START);
      fold.put("n", "a", -4, START);
      fold.apply("n", "b", new Event.SetValue(100, false), START);
      fold.apply("n", "b", new Event.SetValue(50, false), START);

      assertTotals(fold.namespace("n").tally(), START, 56, 2);
      fold.apply("n", "b", new Event.Reset(), START);
      assertTotals(fold.namespace("n").tally(), START, 6, 1);
    }
  }

  @Test
  void shouldCountTheKeysOfBucketsAsAnUpperBoundAndNotTheirLevels() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"leaky\",\"rate\":\"1/s\"}", START);
      fold.put("n", "a", 3, START);
      fold.put("n", "b", 30, START);

      assertTotals(fold.namespace("n").tally(), START.plusSeconds(10), 0, 2);
    }
  }

  @Test
  void shouldStayExactThroughExpiryResetsLatePutsAndPolicies() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.put("n", "b", 2, START);
      fold.apply("n", "c", new Event.Put(4, Optional.of(Duration.ofHours(1))), START);
      fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"30s\"}", START);
      fold.put("n", "a", 8, START.plusSeconds(50));
      fold.put("n", "b", 16, START.plusSeconds(45));
      fold.apply("n", "b", new Event.Reset(), START.plusSeconds(50));
      fold.put("m", "a", 32, START.plusSeconds(50));

      assertTotals(fold.namespace("n").tally(), START.plusSeconds(50), 13, 2);
      Instant later = START.plusSeconds(600);
      fold.tick(later);
      fold.wallClock(Duration.ofSeconds(1));
      assertTotals(fold.namespace("n").tally(), later, 4, 1);
      assertTotals(fold.reader().everything(), later, 4, 1);

      fold.policyAndReset("n", "{\"kind\":\"total\"}", later);
      fold.put("n", "a", 64, later);
      assertTotals(fold.namespace("n").tally(), later, 64, 1);
      assertTotals(fold.reader().everything(), later, 64, 1);
    }
  }

  @Test
  void shouldNotCountWhatWasRefusedLateOrZero() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"expiring\",\"limit\":2}", START);
      fold.put("n", "a", 2, START.plusSeconds(100));
      fold.put("n", "a", 1, START.plusSeconds(100));
      fold.put("n", "b", 1, START);
      fold.put("n", "c", 0, START.plusSeconds(100));

      assertTotals(fold.namespace("n").tally(), START.plusSeconds(100), 2, 1);
    }
  }

  private static void assertTotals(Tally tally, Instant at, long count, long keys) {
    assertThat(tally.countAt(at.toEpochMilli())).as("count").isEqualTo(count);
    assertThat(tally.keysAt(at.toEpochMilli())).as("keys").isEqualTo(keys);
  }
}
