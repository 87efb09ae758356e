package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.Tally;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LimitCount;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several limits on one counter, through the log. */
class SeveralLimitsTest {
  private static final String MINUTE = "{\"kind\":\"window\",\"period\":\"minute\",\"limit\":9}";
  private static final String BUCKET = "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3}";
  private static final String DAY = "{\"kind\":\"window\",\"period\":\"day\",\"limit\":20}";

  private static String limits(String... each) {
    return "{\"kind\":\"limits\",\"limits\":[" + String.join(",", each) + "]}";
  }

  @Test
  void shouldAddToAllOrToNone() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", limits(BUCKET, MINUTE), START);
      fold.put("n", "a", 3, START);

      Decision refused = fold.put("n", "a", 1, START.plusMillis(400));
      Decision then = fold.put("n", "a", 1, START.plusMillis(1000));

      assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refused.retryAfterMillis()).hasValue(600);
      assertThat(counts(refused)).containsExactly(3L, 3L);
      assertThat(then.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(counts(then)).containsExactly(3L, 4L);
      assertThat(then.remaining()).hasValue(0);
    }
  }

  @Test
  void shouldKeepWhatWasCountedWhereALimitIsAdded() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", MINUTE, START);
      var put = new Event.Put(4, Optional.empty(), Optional.of("p"));
      fold.apply("n", "a", put, START);
      fold.put("n", "b", 2, START);

      fold.policy("n", limits(MINUTE, BUCKET), START.plusSeconds(1));
      Instant then = START.plusSeconds(2);
      assertThat(fold.count("n", "a", then)).isEqualTo(4);
      assertTotals(fold.namespace("n").tally(), then, 6, 2);
      assertThat(counts(fold.put("n", "a", 2, then))).containsExactly(6L, 2L);
      assertTotals(fold.namespace("n").tally(), then, 8, 2);
      assertTotals(fold.reader().everything(), then, 8, 2);

      var back = new Event.Release("p", OptionalLong.empty(), Optional.empty());
      Decision released = fold.apply("n", "a", back, then);
      assertThat(released.details().released()).hasValue(4);
      assertThat(counts(released)).containsExactly(2L, 2L);
      assertTotals(fold.namespace("n").tally(), then, 4, 2);
    }
  }

  @Test
  void shouldGiveUpTheRowOnlyWhenAllOfItIsOver() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", limits(MINUTE, DAY), START);
      fold.put("n", "a", 3, START);

      Instant hour = START.plus(Duration.ofHours(1));
      fold.tick(hour);
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).containsExactly("a");
      assertTotals(fold.namespace("n").tally(), hour, 0, 1);
      assertThat(counts(fold.put("n", "a", 1, hour))).containsExactly(1L, 4L);

      Instant later = START.plus(Duration.ofDays(2));
      fold.tick(later);
      fold.wallClock(Duration.ofSeconds(1));
      assertThat(fold.keys("n")).isEmpty();
      assertTotals(fold.namespace("n").tally(), later, 0, 0);
    }
  }

  @Test
  void shouldCountClaimsAndRepetitionsOnce() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", limits(BUCKET, DAY), START);
      fold.policy("m", "{\"kind\":\"total\",\"limit\":1}", START);
      var claim = claim("c", 2);
      var more = claim("d", 1);

      Decision first = fold.apply("n", "{t}a", claim, START);
      Decision again = fold.apply("n", "{t}a", claim, START.plusSeconds(1));
      Decision refused = fold.apply("n", "{t}a", more, START.plusSeconds(1));

      assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(again.details().replayed()).isTrue();
      assertThat(again.details().parts().get(0).decision().details().limits())
          .isEqualTo(first.details().parts().get(0).decision().details().limits());
      assertThat(refused.reason().orElseThrow()).startsWith("'m/{t}b': ");
      assertThat(counts(refused.details().parts().get(0).decision())).containsExactly(1L, 2L);
      assertThat(counts(fold.put("n", "{t}a", 0, START.plusSeconds(1)))).containsExactly(1L, 2L);
    }
  }

  @Test
  void shouldTellHowTheCounterStandsWhereItRemembersNoMoreIds() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", limits(DAY, BUCKET).replace("]}", "],\"maxIds\":1}"), START);
      fold.apply("n", "a", new Event.Put(1, Optional.empty(), Optional.of("1")), START);

      var put = new Event.Put(1, Optional.empty(), Optional.of("2"));
      Decision refused = fold.apply("n", "a", put, START);

      assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refused.details().limits().orElseThrow().refusedBy()).isEmpty();
      assertThat(counts(refused)).containsExactly(1L, 1L);
      assertThat(refused.remaining()).hasValue(2);
    }
  }

  @Test
  void shouldBeAPolicyOfOneCounterAPlanAndWhatAPutBrings() {
    try (var fold = FoldFixture.inMemory()) {
      String wide = limits(BUCKET.replace("3", "300"), DAY.replace("20", "2000"));
      String planned = ",\"plans\":{\"pro\":" + wide + "}}";
      fold.policy("n", limits(BUCKET, DAY).replace("]}", "]" + planned), START);
      fold.plan("n", "rich", "pro", START);
      fold.policy("n", "own", limits(DAY), OnChange.KEEP, START);

      assertThat(fold.put("n", "rich", 5, START).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(counts(fold.put("n", "own", 20, START))).containsExactly(20L);
      assertThat(fold.put("n", "poor", 5, START).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      fold.pipe("n/brings", "{\"n\":2,\"policy\":" + limits(BUCKET, MINUTE) + "}", START);
      assertThat(counts(fold.put("n", "brings", 0, START))).containsExactly(2L, 2L);
    }
  }

  @Test
  void shouldGoOnFromItsRow(@TempDir Path dir) {
    try (var fold = FoldFixture.rocksDb(dir)) {
      fold.policy("n", limits(BUCKET, DAY), START);
      for (int i = 0; i < 3000; i++) {
        fold.put("n", "k" + i, 2, START);
      }
      fold.store().flushCache();

      Decision decision = fold.put("n", "k7", 1, START.plusSeconds(1));

      assertThat(counts(decision)).containsExactly(2L, 3L);
      assertTotals(fold.namespace("n").tally(), START.plusSeconds(1), 0, 3000);
    }
  }

  private static Event claim(String id, long n) {
    return new Event.Claim(
        List.of(
            Event.Claim.Part.of(CounterName.of("n", "{t}a"), n),
            Event.Claim.Part.of(CounterName.of("m", "{t}b"), 1)),
        Optional.of(id));
  }

  private static List<Long> counts(Decision decision) {
    return decision.details().limits().orElseThrow().each().stream()
        .map(LimitCount::count)
        .toList();
  }

  private static void assertTotals(Tally tally, Instant at, long count, long keys) {
    assertThat(tally.countAt(at.toEpochMilli())).as("count").isEqualTo(count);
    assertThat(tally.keysAt(at.toEpochMilli())).as("keys").isEqualTo(keys);
  }
}
