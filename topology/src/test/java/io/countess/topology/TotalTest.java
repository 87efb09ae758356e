package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Totals: running sums that never end, with bounds. */
class TotalTest {
  @Test
  void shouldSumWhatIsPutWhetherPositiveOrNegative() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\"}", START);
      fold.put("stock", "apples", 10, START);
      fold.put("stock", "apples", -13, START);

      assertThat(fold.count("stock", "apples", START.plusSeconds(100_000_000))).isEqualTo(-3);
    }
  }

  @Test
  void shouldStartWhereThePolicySays() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\",\"initial\":100}", START);

      assertThat(fold.count("stock", "apples", START)).isEqualTo(100);
      assertThat(fold.put("stock", "apples", -1, START).count()).hasValue(99);
    }
  }

  @Test
  void shouldBeSet() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\"}", START);
      fold.put("stock", "apples", 10, START);

      fold.pipe("stock/apples", "{\"op\":\"set\",\"value\":-5}", START);

      assertThat(fold.count("stock", "apples", START)).isEqualTo(-5);
    }
  }

  @Test
  void shouldBeSetOnlyWhereItIsAbsentIfToldSo() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\"}", START);
      String set = "{\"op\":\"set\",\"value\":7,\"if\":\"absent\"}";
      fold.pipe("stock/apples", set, START);
      fold.put("stock", "apples", 1, START);
      fold.pipe("stock/apples", set, START);

      var kept = fold.heard.decisions.get(3);
      assertThat(kept.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(kept.count()).hasValue(8);
      assertThat(kept.reason().orElseThrow()).contains("keeps its value");
    }
  }

  @Test
  void shouldRefuseToLeaveItsBounds() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\",\"min\":-2,\"max\":10}", START);
      fold.put("stock", "apples", 10, START);

      var above = fold.put("stock", "apples", 1, START);
      var below = fold.put("stock", "apples", -13, START);
      var set = fold.apply("stock", "apples", new Event.SetValue(11, false), START);
      var within = fold.put("stock", "apples", -12, START);

      assertThat(above.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(above.reason().orElseThrow()).contains("max of 10");
      assertThat(above.retryAfterMillis()).isEmpty();
      assertThat(below.reason().orElseThrow()).contains("min of -2");
      assertThat(set.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(within.count()).hasValue(-2);
    }
  }

  @Test
  void shouldNotGoBelowZeroUnderALimitUnlessToldSo() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("quota", "{\"kind\":\"total\",\"limit\":3}", START);

      assertThat(fold.put("quota", "a", -1, START).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(fold.put("quota", "a", 3, START).remaining()).hasValue(0);
      assertThat(fold.put("quota", "a", 1, START).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(fold.put("quota", "a", -2, START).count()).hasValue(1);
    }
  }

  @Test
  void shouldLetAValueOutsideItsBoundsComeBackButNotGoFurther() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("quota", "{\"kind\":\"total\"}", START);
      fold.put("quota", "a", 20, START);
      fold.policy("quota", "{\"kind\":\"total\",\"limit\":5}", START);

      assertThat(fold.put("quota", "a", 1, START).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(fold.put("quota", "a", -10, START).count()).hasValue(10);
    }
  }

  @Test
  void shouldNeverTakeMoreThanMaxDeltaAtOnceNorOverflow() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\",\"maxDelta\":5}", START);
      assertThat(fold.put("stock", "a", 6, START).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(fold.put("stock", "a", -6, START).outcome()).isEqualTo(Outcome.IMPOSSIBLE);

      fold.policy("all", "{\"kind\":\"total\"}", START);
      fold.put("all", "a", Long.MAX_VALUE, START);
      var overflow = fold.put("all", "a", 1, START);

      assertThat(overflow.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(fold.count("all", "a", START)).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void shouldBeginAgainAfterAReset() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\",\"initial\":7}", START);
      fold.put("stock", "apples", 10, START);

      var reset = fold.apply("stock", "apples", new Event.Reset(), START);

      assertThat(reset.count()).hasValue(7);
      assertThat(fold.count("stock", "apples", START)).isEqualTo(7);
      assertThat(fold.keys("stock")).isEmpty();
    }
  }

  @Test
  void shouldStayHoweverMuchTimePasses() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("stock", "{\"kind\":\"total\"}", START);
      fold.put("stock", "apples", 10, START);

      fold.tick(START.plus(Duration.ofDays(3650)));
      fold.wallClock(Duration.ofDays(3650));

      assertThat(fold.keys("stock")).containsExactly("apples");
      assertThat(fold.forwarder.sent).as("nothing waits, so no tick").isEmpty();
    }
  }
}
