package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Limits: checked and counted as one step, and a refused put consumes nothing. */
class LimitTest {
  private static final String THREE_A_MINUTE =
      "{\"kind\":\"expiring\",\"ttl\":\"60s\",\"limit\":3}";

  @Test
  void shouldAcceptUpToTheLimitAndRefuseBeyond() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", THREE_A_MINUTE, START);
      for (int i = 1; i <= 3; i++) {
        var accepted = fold.put("logins", "alice", 1, START.plusSeconds(i));
        assertThat(accepted.remaining()).hasValue(3 - i);
      }

      var refused = fold.put("logins", "alice", 1, START.plusSeconds(10));

      assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refused.reason().orElseThrow()).contains("limit of 3");
      assertThat(refused.count()).hasValue(3);
      assertThat(refused.remaining()).hasValue(0);
    }
  }

  @Test
  void shouldSayExactlyWhenARefusedPutWouldBeAccepted() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", THREE_A_MINUTE, START);
      fold.put("logins", "alice", 2, START);
      fold.put("logins", "alice", 1, START.plusSeconds(20));

      var one = fold.put("logins", "alice", 1, START.plusSeconds(30));
      var three = fold.put("logins", "alice", 3, START.plusSeconds(30));
      assertThat(one.retryAfterMillis()).hasValue(30_000);
      assertThat(three.retryAfterMillis()).hasValue(50_000);

      var early = fold.put("logins", "alice", 1, START.plusMillis(59_999));
      var then = fold.put("logins", "alice", 1, START.plusSeconds(60));
      assertThat(early.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(then.outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  /** Who waits counts from now, wherever another one's clock has taken the counter. */
  @Test
  void shouldCountAWaitFromThePutAndNotFromACounterThatIsAhead() {
    for (long wait : new long[] {4_999, 5_000}) {
      try (var ahead = FoldFixture.inMemory()) {
        ahead.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"3s\",\"limit\":1}", START);
        ahead.put("n", "k", 1, START.plusSeconds(2));

        Decision refused = ahead.put("n", "k", 1, START);

        assertThat(refused.atMillis()).isEqualTo(START.plusSeconds(2).toEpochMilli());
        assertThat(refused.retryAfterMillis()).hasValue(5_000);
        assertThat(refused.freeAfterMillis()).hasValue(5_000);
        assertThat(refused.moreAfterMillis()).hasValue(5_000);
        assertThat(ahead.put("n", "k", 1, START.plusMillis(wait)).outcome())
            .isEqualTo(wait == 5_000 ? Outcome.ACCEPTED : Outcome.REFUSED);
      }
    }
  }

  @Test
  void shouldSayWhenTheWholeLimitIsFreeAgain() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", THREE_A_MINUTE, START);

      var nothing = fold.put("logins", "alice", 0, START);
      var first = fold.put("logins", "alice", 2, START);
      fold.put("logins", "alice", 1, START.plusSeconds(20));
      var refused = fold.put("logins", "alice", 1, START.plusSeconds(30));

      assertThat(nothing.freeAfterMillis()).hasValue(0);
      assertThat(nothing.moreAfterMillis()).hasValue(60_000);
      assertThat(first.freeAfterMillis()).hasValue(60_000);
      assertThat(refused.moreAfterMillis()).hasValue(30_000);
      assertThat(refused.retryAfterMillis()).hasValue(30_000);
      assertThat(refused.freeAfterMillis()).hasValue(50_000);
    }
  }

  @Test
  void shouldSayWhenABucketHasDrainedAndAWindowHasEnded() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("bucket", "{\"kind\":\"leaky\",\"rate\":\"10/s\",\"capacity\":50}", START);
      fold.policy("hour", "{\"kind\":\"window\",\"period\":\"1h\",\"limit\":50}", START);
      fold.put("bucket", "a", 20, START);
      fold.put("hour", "a", 20, START);

      var bucket = fold.put("bucket", "a", 1, START.plusSeconds(1));
      var hour = fold.put("hour", "a", 1, START.plusSeconds(1));

      assertThat(bucket.freeAfterMillis()).hasValue(1100);
      assertThat(bucket.moreAfterMillis()).hasValue(100);
      assertThat(hour.moreAfterMillis()).hasValue(3_599_000);
      assertThat(hour.freeAfterMillis()).hasValue(3_599_000);
    }
  }

  @Test
  void shouldNotPromiseWhatWaitingDoesNotFreeOrNobodyLimits() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("seats", "{\"kind\":\"total\",\"limit\":50}", START);

      assertThat(fold.put("seats", "a", 0, START).freeAfterMillis()).isEmpty();
      assertThat(fold.put("seats", "a", 20, START).freeAfterMillis()).isEmpty();
      assertThat(fold.put("recent", "a", 20, START).freeAfterMillis()).isEmpty();
    }
  }

  @Test
  void shouldConsumeNothingHoweverOftenItRefuses() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", THREE_A_MINUTE, START);
      fold.put("logins", "alice", 3, START);
      fold.changelog();
      for (int i = 0; i < 100; i++) {
        fold.put("logins", "alice", 1, START.plusSeconds(1));
      }

      assertThat(fold.count("logins", "alice", START.plusSeconds(60))).isZero();
      assertThat(fold.changelog()).noneMatch(row -> row.key()[0] == 'C');
    }
  }

  @Test
  void shouldNotRefuseAnotherKeyOrNamespace() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", THREE_A_MINUTE, START);
      fold.put("logins", "alice", 3, START);

      assertThat(fold.put("logins", "bob", 3, START).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.put("other", "alice", 99, START).outcome()).isEqualTo(Outcome.ACCEPTED);
    }
  }

  @Test
  void shouldCallAPutAboveTheWholeLimitImpossible() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", THREE_A_MINUTE, START);

      var decision = fold.put("logins", "alice", 4, START);

      assertThat(decision.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(decision.retryAfterMillis()).isEmpty();
      assertThat(fold.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldNotBuryWhatItRefuses() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", "{\"kind\":\"expiring\",\"limit\":1}", START);
      fold.put("logins", "alice", 1, START);
      fold.put("logins", "alice", 1, START);

      assertThat(fold.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldRefuseUntilEnoughHasEndedAfterTheLimitWasLowered() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("logins", "alice", 10, START);
      fold.put("logins", "alice", 2, START.plusSeconds(30));
      fold.policy("logins", THREE_A_MINUTE, START.plusSeconds(31));

      var refused = fold.put("logins", "alice", 1, START.plusSeconds(32));

      assertThat(refused.count()).hasValue(12);
      assertThat(refused.remaining()).hasValue(0);
      assertThat(refused.retryAfterMillis()).hasValue(28_000);
    }
  }

  @Test
  void shouldRefuseEverythingUnderALimitOfZeroAndCountItNowhere() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("closed", "{\"kind\":\"expiring\",\"limit\":0}", START);

      assertThat(fold.put("closed", "a", 1, START).outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(fold.put("closed", "a", 0, START).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.keys("closed")).isEmpty();
      assertThat(fold.deadLetters()).isEmpty();
      fold.wallClock(Duration.ofSeconds(1));
    }
  }
}
