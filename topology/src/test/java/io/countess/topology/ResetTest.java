package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reset counts at once; rows that it leaves behind are out of sight and swept away later. */
class ResetTest {
  private static final String TOTAL = "{\"kind\":\"total\"}";

  @Test
  void shouldBringACounterBackAndRemoveItsRow() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 3, START);
      fold.put("n", "b", 3, START);
      var decision = fold.apply("n", "a", new Event.Reset(), START);

      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(decision.count()).hasValue(0);
      assertThat(fold.keys("n")).containsExactly("b");
      assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isEqualTo(3);
    }
  }

  @Test
  void shouldResetAnUnknownCounterWithoutATrace() {
    try (var fold = FoldFixture.inMemory()) {
      var decision = fold.apply("n", "a", new Event.Reset(), START);

      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.reader().namespaces()).isEmpty();
    }
  }

  @Test
  void shouldHideAllCountersOfANamespaceAtOnce() {
    try (var fold = FoldFixture.inMemory()) {
      countMany(fold, 1500);
      fold.policyAndReset("n", TOTAL, START);

      assertThat(fold.keys("n")).isEmpty();
      assertThat(fold.count("n", "k7", START)).isZero();
      assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isZero();
      assertThat(fold.namespace("n").tally().keysAt(START.toEpochMilli())).isZero();
      assertThat(fold.reader().everything().countAt(START.toEpochMilli())).isZero();
    }
  }

  @Test
  void shouldCountNewPutsBesideRowsThatAreNotSweptYet() {
    try (var fold = FoldFixture.inMemory()) {
      countMany(fold, 1500);
      fold.policyAndReset("n", TOTAL, START);
      fold.put("n", "k7", 5, START);
      fold.put("n", "new", 6, START);

      assertThat(fold.keys("n")).containsExactly("k7", "new");
      assertThat(fold.count("n", "k7", START)).isEqualTo(5);
      assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isEqualTo(11);
      assertThat(fold.namespace("n").tally().keysAt(START.toEpochMilli())).isEqualTo(2);
    }
  }

  @Test
  void shouldSweepTheRowsAwayInSteps() {
    try (var fold = FoldFixture.inMemory()) {
      countMany(fold, 1500);
      fold.policyAndReset("n", TOTAL, START);
      fold.put("n", "k7", 5, START);

      fold.changelog();
      for (int i = 0; i < 40; i++) {
        fold.wallClock(Duration.ofMillis(100));
      }

      long tombstones =
          fold.changelog().stream().filter(r -> r.key()[0] == 'C' && r.value() == null).count();
      assertThat(tombstones).isEqualTo(1499);
      assertThat(fold.keys("n")).containsExactly("k7");
      assertThat(fold.count("n", "k7", START)).isEqualTo(5);
      assertThat(fold.namespace("n").tally().countAt(START.toEpochMilli())).isEqualTo(5);
    }
  }

  @Test
  void shouldForgetTheNamespaceOnceItIsSweptAndHasNeitherPolicyNorKeys() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", TOTAL, START);
      countMany(fold, 600);
      fold.policyAndReset("n", "null", START);
      assertThat(fold.reader().namespaces()).hasSize(1);
      for (int i = 0; i < 40; i++) {
        fold.wallClock(Duration.ofMillis(100));
      }

      assertThat(fold.reader().namespaces()).isEmpty();
      assertThat(fold.store().state().hotRows()).isZero();
      assertThat(fold.put("n", "k7", 1, START).count()).hasValue(1);
    }
  }

  @Test
  void shouldResetAgainBeforeItHasSweptTheFirstTime() {
    try (var fold = FoldFixture.inMemory()) {
      countMany(fold, 900);
      fold.policyAndReset("n", TOTAL, START);
      fold.wallClock(Duration.ofSeconds(1));
      countMany(fold, 900);
      fold.policyAndReset("n", TOTAL, START);
      fold.put("n", "k7", 5, START);
      for (int i = 0; i < 80; i++) {
        fold.wallClock(Duration.ofMillis(100));
      }

      assertThat(fold.keys("n")).containsExactly("k7");
      assertThat(fold.store().state().hotRows()).isEqualTo(1);
      assertThat(fold.reader().everything().countAt(START.toEpochMilli())).isEqualTo(5);
    }
  }

  private static void countMany(FoldFixture fold, int keys) {
    for (int i = 0; i < keys; i++) {
      fold.put("n", "k" + i, 1, START);
    }
  }
}
