package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows go when they are dead at the floor: from memory, from the store and from the changelog. */
class ExpiryTest {
  private static final Instant LATER = START.plusSeconds(600);

  @Test
  void shouldRemoveDeadRowsAndTheirNamespace() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.put("n", "b", 1, START);
      fold.tick(LATER);
      fold.wallClock(Duration.ofSeconds(1));

      assertThat(fold.keys("n")).isEmpty();
      assertThat(fold.reader().namespaces()).isEmpty();
      assertThat(fold.store().state().hotRows()).isZero();
    }
  }

  @Test
  void shouldLeaveTombstonesInTheChangelogForAllThatGoes() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.tick(LATER);
      fold.wallClock(Duration.ofSeconds(1));

      assertThat(live(fold)).containsOnlyKeys("A", "B", "M");
    }
  }

  /** What the changelog holds once it is compacted. */
  private static Map<String, String> live(FoldFixture fold) {
    var live = new HashMap<String, String>();
    for (var row : fold.changelog()) {
      String key = new String(row.key(), StandardCharsets.ISO_8859_1);
      if (row.value() == null) {
        live.remove(key);
      } else {
        live.put(key, Arrays.toString(row.value()));
      }
    }
    return live;
  }

  @Test
  void shouldKeepARowThatAPutHasProlongedUntilThatEndsToo() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.apply("n", "a", new Event.Put(1, Optional.of(Duration.ofSeconds(200))), START);
      fold.tick(START.plusSeconds(130));
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).containsExactly("a");

      fold.tick(START.plusSeconds(270));
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).isEmpty();
    }
  }

  @Test
  void shouldExpireACounterThatWasResetAndCountedAgain() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.apply("n", "a", new Event.Reset(), START);
      fold.put("n", "a", 1, START.plusSeconds(30));
      fold.tick(START.plusSeconds(125));
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).containsExactly("a");

      fold.tick(START.plusSeconds(155));
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).isEmpty();
    }
  }

  @Test
  void shouldKeepUpWithRecordsWithoutHelpOfAnyClock() {
    try (var fold = FoldFixture.inMemory()) {
      for (int i = 0; i < 2000; i++) {
        fold.put("n", "k" + i, 1, START.plusSeconds(i));
      }
      assertThat(fold.keys("n")).hasSizeLessThan(500);
    }
  }

  @Test
  void shouldWorkOffManyRowsThatDieAtOnceInSmallSteps() {
    try (var fold = FoldFixture.inMemory()) {
      // Without one it is forgotten before its rows, and they can't be seen any more.
      fold.policy("n", "{\"kind\":\"expiring\"}", START);
      for (int i = 0; i < 5000; i++) {
        fold.put("n", "k" + i, 1, START);
      }
      fold.tick(LATER);
      fold.wallClock(Duration.ofSeconds(1));
      int left = fold.keys("n").size();
      assertThat(left).isBetween(1, 4999);

      for (int i = 0; i < 100; i++) {
        fold.wallClock(Duration.ofMillis(50));
      }
      assertThat(fold.keys("n")).isEmpty();
      assertThat(fold.reader().everything().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldDecideTheSameWhetherADeadRowIsStillThereOrNot() {
    for (boolean gone : new boolean[] {true, false}) {
      try (var fold = FoldFixture.inMemory()) {
        fold.policy("n", "{\"kind\":\"expiring\",\"limit\":1}", START);
        fold.put("n", "a", 1, START);
        fold.tick(LATER);
        if (gone) {
          fold.wallClock(Duration.ofSeconds(1));
        }
        assertThat(fold.keys("n")).hasSize(gone ? 0 : 1);

        var decision = fold.put("n", "a", 1, LATER.minusSeconds(59));
        assertThat(decision.count()).hasValue(1);
        assertThat(decision.atMillis()).isEqualTo(LATER.minusSeconds(59).toEpochMilli());
        assertThat(fold.namespace("n").tally().keysAt(LATER.toEpochMilli())).isEqualTo(1);
        assertThat(fold.namespace("n").tally().keysAt(LATER.toEpochMilli() + 60_000)).isZero();
      }
    }
  }

  /** The second 2^32 is in 2106. */
  @ParameterizedTest
  @ValueSource(longs = {(1L << 32) - 90, 1L << 32, 1L << 33, 253_402_200_000L})
  void shouldExpireRowsInTheFarFutureOnceAndNotBefore(long seconds) {
    var far = Instant.ofEpochSecond(seconds);
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, far);
      fold.tick(far.plusSeconds(100));
      fold.changelog();

      fold.wallClock(Duration.ofSeconds(5));
      assertThat(fold.keys("n")).containsExactly("a");
      assertThat(fold.changelog()).as("nothing is due, so nothing is written").isEmpty();

      fold.tick(far.plusSeconds(125));
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).isEmpty();
      assertThat(fold.store().state().isExpiryDue()).isFalse();
    }
  }

  @Test
  void shouldNotLookAgainAndAgainAtARowThatOutlivesTheLastYear() {
    var last = Instant.parse("9999-12-31T23:59:00Z");
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, last);
      fold.tick(last.plusSeconds(59));
      fold.changelog();

      fold.wallClock(Duration.ofSeconds(5));

      assertThat(fold.store().state().isExpiryDue()).isFalse();
      assertThat(fold.changelog()).isEmpty();
    }
  }
}
