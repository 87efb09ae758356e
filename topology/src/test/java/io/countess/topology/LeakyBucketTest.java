package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Leaky buckets: a level that rises with each put and drains all the time. */
class LeakyBucketTest {
  private static final String TEN_A_SECOND =
      "{\"kind\":\"leaky\",\"rate\":\"10/s\",\"capacity\":5}";

  @Test
  void shouldDrainContinuouslyAndShowTheLevelRoundedUp() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", TEN_A_SECOND, START);
      fold.put("api", "alice", 3, START);

      assertThat(fold.count("api", "alice", START)).isEqualTo(3);
      assertThat(fold.count("api", "alice", START.plusMillis(1))).isEqualTo(3);
      assertThat(fold.count("api", "alice", START.plusMillis(100))).isEqualTo(2);
      assertThat(fold.count("api", "alice", START.plusMillis(299))).isEqualTo(1);
      assertThat(fold.count("api", "alice", START.plusMillis(300))).isZero();
      assertThat(fold.count("api", "alice", START.plusSeconds(3000))).isZero();
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFitAndSayWhenItWill() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", TEN_A_SECOND, START);
      fold.put("api", "alice", 4, START);

      var refused = fold.put("api", "alice", 2, START);
      var early = fold.put("api", "alice", 2, START.plusMillis(99));
      var accepted = fold.put("api", "alice", 2, START.plusMillis(100));

      assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refused.count()).hasValue(4);
      assertThat(refused.limit()).hasValue(5);
      assertThat(refused.remaining()).hasValue(1);
      assertThat(refused.retryAfterMillis()).hasValue(100);
      assertThat(early.retryAfterMillis()).hasValue(1);
      assertThat(accepted.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(accepted.count()).hasValue(5);
    }
  }

  @Test
  void shouldNeverTakeMoreThanItsCapacityAtOnce() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", TEN_A_SECOND, START);

      var decision = fold.put("api", "alice", 6, START);

      assertThat(decision.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(decision.reason().orElseThrow()).contains("the capacity is 5");
      assertThat(decision.retryAfterMillis()).isEmpty();
    }
  }

  /** It drains on at the rate of the policy that closed it. */
  @Test
  void shouldRefuseEverythingWithoutACapacity() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", TEN_A_SECOND, START);
      fold.put("api", "alice", 5, START);
      fold.policy("api", "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":0}", START);

      var refused = fold.put("api", "alice", 1, START.plusMillis(100));

      assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refused.retryAfterMillis()).isEmpty();
      assertThat(fold.put("api", "bob", 1, START).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(fold.count("api", "alice", START.plusMillis(2100))).isEqualTo(2);
      assertThat(fold.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldMeasureOnlyWhereItHasNoCapacity() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("load", "{\"kind\":\"leaky\",\"rate\":\"60/m\"}", START);

      fold.put("load", "db", 1000, START);
      var decision = fold.put("load", "db", 1000, START);

      assertThat(decision.count()).hasValue(2000);
      assertThat(decision.limit()).isEmpty();
      assertThat(fold.count("load", "db", START.plusSeconds(10))).isEqualTo(1990);
    }
  }

  @Test
  void shouldTakeNeitherNegativeAmountsNorTimesToLiveNorSets() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", TEN_A_SECOND, START);
      fold.put("api", "alice", 2, START);

      fold.put("api", "alice", -1, START);
      fold.pipe("api/alice", "{\"ttl\":\"1s\"}", START);
      fold.apply("api", "alice", new Event.SetValue(1, false), START);

      assertThat(fold.heard.decisions.subList(2, 5))
          .allSatisfy(d -> assertThat(d.outcome()).isEqualTo(Outcome.IMPOSSIBLE));
      assertThat(fold.count("api", "alice", START)).isEqualTo(2);
    }
  }

  @Test
  void shouldKeepItsLevelAndTakeUpANewRateWithTheNextPut() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", "{\"kind\":\"leaky\",\"rate\":\"1/d\",\"capacity\":5}", START);
      fold.put("api", "alice", 5, START);
      fold.policy("api", TEN_A_SECOND, START);
      assertThat(fold.count("api", "alice", START.plusSeconds(60))).isEqualTo(5);

      var refused = fold.put("api", "alice", 1, START.plusSeconds(60));
      var accepted = fold.put("api", "alice", 1, START.plusSeconds(60).plusMillis(100));

      assertThat(refused.retryAfterMillis().orElseThrow()).isLessThanOrEqualTo(100);
      assertThat(accepted.outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  @Test
  void shouldForgetABucketOnceItIsEmptyAndTimeHasPassed() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("api", TEN_A_SECOND, START);
      fold.put("api", "alice", 5, START);
      assertThat(fold.namespace("api").tally().keysAt(START.toEpochMilli())).isEqualTo(1);

      fold.tick(START.plusSeconds(120));
      fold.wallClock(Duration.ofSeconds(1));

      assertThat(fold.keys("api")).isEmpty();
      assertThat(fold.namespace("api").tally().keysAt(START.toEpochMilli())).isZero();
    }
  }
}
