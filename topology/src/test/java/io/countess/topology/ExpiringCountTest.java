package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expiring counts, as a service that appends records sees them. */
class ExpiringCountTest {
  @Test
  void shouldCountARecordWithoutAValueAsOne() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("logins/alice", null, START);
      fold.pipe("logins/alice", "", START.plusSeconds(1));

      assertThat(fold.count("logins", "alice", START.plusSeconds(2))).isEqualTo(2);
    }
  }

  @Test
  void shouldEndAPutAfterItsTimeToLiveAndNeverEarlier() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("logins", "alice", 3, START);

      assertThat(fold.count("logins", "alice", START.plusMillis(59_999))).isEqualTo(3);
      assertThat(fold.count("logins", "alice", START.plusSeconds(60))).isZero();
    }
  }

  @Test
  void shouldGiveAPutItsOwnTimeToLive() {
    try (var fold = FoldFixture.inMemory()) {
      fold.apply("logins", "a", new Event.Put(1, Optional.of(Duration.ofSeconds(5))), START);
      fold.put("logins", "a", 1, START);

      assertThat(fold.count("logins", "a", START.plusMillis(4999))).isEqualTo(2);
      assertThat(fold.count("logins", "a", START.plusSeconds(5))).isEqualTo(1);
    }
  }

  @Test
  void shouldAddNothingForAPutThatHasEndedByTheInstantOfDecision() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("logins", "alice", 1, START.plusSeconds(100));

      var late = fold.put("logins", "alice", 1, START.plusSeconds(39));

      assertThat(late.outcome()).isEqualTo(Outcome.LATE);
      assertThat(late.count()).hasValue(1);
    }
  }

  @Test
  void shouldRefuseWhatWouldPassTheLimitAndConsumeNothing() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe(
          "logins/",
          """
          {"op":"policy","policy":{"kind":"expiring","ttl":"10s","limit":3}}""",
          START);
      fold.put("logins", "alice", 2, START);

      var refused = fold.put("logins", "alice", 2, START.plusSeconds(4));
      var accepted = fold.put("logins", "alice", 1, START.plusSeconds(4));

      assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(refused.retryAfterMillis()).hasValue(6000);
      assertThat(accepted.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(accepted.count()).hasValue(3);
    }
  }

  @Test
  void shouldKeepTheTotalsOfTheNamespaceAndForgetThemWithTheRows() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("logins", "alice", 2, START);
      fold.put("logins", "bob", 5, START.plusSeconds(10));
      var totals = fold.reader().everything();
      long later = START.plusSeconds(61).toEpochMilli();

      assertThat(totals.countAt(START.toEpochMilli())).isEqualTo(7);
      assertThat(totals.countAt(later)).isEqualTo(5);
      assertThat(totals.keysAt(later)).isEqualTo(1);

      fold.pipe("x/", "{\"op\":\"tick\"}", START.plusSeconds(600));
      fold.wallClock(Duration.ofSeconds(2));

      assertThat(fold.keys("logins")).isEmpty();
      assertThat(fold.reader().namespaces()).isEmpty();
    }
  }
}
