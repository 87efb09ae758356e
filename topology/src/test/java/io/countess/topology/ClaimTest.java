package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several counters are claimed together, or none of them. */
class ClaimTest {
  private static final Instant T = FoldFixture.START;
  private static final CounterName SEATS = CounterName.of("seats", "{show-7}front");
  private static final CounterName USER = CounterName.of("per-user", "{show-7}alice");
  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldClaimAllOrNothing() {
    limit("seats", 10);
    limit("per-user", 3);

    Decision first = claim(Optional.empty(), 4, 2);
    Decision second = claim(Optional.empty(), 4, 2);

    assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(first.details().parts())
        .extracting(part -> part.decision().count().orElseThrow())
        .containsExactly(4L, 2L);
    assertThat(second.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(second.reason().orElseThrow()).contains("per-user", "limit of 3");
    assertThat(second.retryAfterMillis()).isEmpty();
    assertThat(second.details().parts())
        .extracting(part -> part.decision().count().orElseThrow())
        .containsExactly(4L, 2L);
    assertThat(fold.count(SEATS, T)).isEqualTo(4);
    assertThat(fold.count(USER, T)).isEqualTo(2);
  }

  @Test
  void shouldSayWhenAllWouldAccept() {
    fold.policy("seats", "{\"kind\":\"expiring\",\"ttl\":\"10s\",\"limit\":1}", T);
    fold.policy("per-user", "{\"kind\":\"expiring\",\"ttl\":\"30s\",\"limit\":1}", T);
    claim(Optional.empty(), 1, 1);

    assertThat(claim(Optional.empty(), 1, 1).retryAfterMillis()).hasValue(30_000);
  }

  @Test
  void shouldClaimOnceUnderAnIdAndGiveItAllBack() {
    limit("seats", 10);
    limit("per-user", 3);
    claim(Optional.of("order 1"), 4, 2);

    assertThat(claim(Optional.of("order 1"), 4, 2).details().replayed()).isTrue();
    assertThat(claim(Optional.of("order 1"), 4, 1).outcome()).isEqualTo(Outcome.CONFLICT);

    Decision back = release("order 1");

    assertThat(back.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(back.details().parts())
        .extracting(part -> part.decision().details().released().orElseThrow())
        .containsExactly(4L, 2L);
    assertThat(fold.count(SEATS, T)).isZero();
    assertThat(fold.count(USER, T)).isZero();
    assertReleased(release("order 1"), 0, 0);
  }

  @Test
  void shouldTellWithZeroWhatNothingIsLeftOf() {
    fold.policy("seats", "{\"kind\":\"expiring\",\"ttl\":\"10s\",\"limit\":10}", T);
    limit("per-user", 3);
    claim(Optional.of("order 1"), 4, 2);

    Instant later = T.plusSeconds(11);
    assertReleased(release("order 1", later), 0, 2);
    assertReleased(release("order 1", later), 0, 0);
  }

  @Test
  void shouldTellTheCountersThatAClaimTookNothingFrom() {
    claim(Optional.of("order 1"), 4, 0);

    assertReleased(release("order 1"), 4, 0);
  }

  @Test
  void shouldAnswerARepeatedReleaseLikeTheFirst() {
    claim(Optional.of("order 1"), 4, 2);
    var release = new Event.Release("order 1", OptionalLong.empty(), Optional.of("back"));
    Decision first = fold.apply(SEATS, release, T);

    Decision again = fold.apply(SEATS, release, T);

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().parts()).isEqualTo(first.details().parts());
    assertReleased(again, 4, 2);
  }

  @Test
  void shouldNameTheCounterThatHoldsAClaim() {
    limit("seats", 10);
    limit("per-user", 9);
    claim(Optional.of("order 1"), 4, 2);
    fold.apply(USER, Event.Put.of(-1), T);

    Decision held = release("order 1");

    assertThat(held.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(held.reason().orElseThrow()).contains("per-user", "min of 0");
    assertThat(held.count()).isEmpty();
    assertThat(fold.count(SEATS, T)).isEqualTo(4);
  }

  @Test
  void shouldNotGiveBackWhatAResetOfOneCounterTookAway() {
    limit("seats", 10);
    limit("per-user", 3);
    claim(Optional.of("order 1"), 4, 2);
    fold.apply(USER, new Event.Reset(), T);
    fold.apply(USER, Event.Put.of(3), T);

    release("order 1");

    assertThat(fold.count(SEATS, T)).isZero();
    assertThat(fold.count(USER, T)).isEqualTo(3);
  }

  @Test
  void shouldRefuseCountersOfDifferentPartitionsAndSayHowToFixIt() {
    try (var some = FoldFixture.ofPartitions(4)) {
      CounterName here = inPartition(true);
      CounterName there = inPartition(false);

      Decision apart =
          some.apply(
              here,
              new Event.Claim(
                  List.of(
                      new Event.Claim.Part(here, 1, Optional.empty()),
                      new Event.Claim.Part(there, 1, Optional.empty())),
                  Optional.empty()),
              T);

      assertThat(apart.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(apart.reason().orElseThrow()).contains("hash tag");
      assertThat(some.count(here, T)).isZero();
    }
  }

  @Test
  void shouldRefuseAClaimUnderTheKeyOfAnotherCounter() {
    fold.apply(
        USER,
        new Event.Claim(
            List.of(new Event.Claim.Part(SEATS, 1, Optional.empty())), Optional.empty()),
        T);

    assertThat(fold.deadLetters()).hasSize(1);
    assertThat(fold.count(SEATS, T)).isZero();
  }

  @Test
  void shouldNotReleaseAClaimInParts() {
    claim(Optional.of("order 1"), 4, 2);

    Decision part =
        fold.apply(SEATS, new Event.Release("order 1", OptionalLong.of(1), Optional.empty()), T);

    assertThat(part.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(fold.count(SEATS, T)).isEqualTo(4);
  }

  private void limit(String namespace, long limit) {
    fold.policy(namespace, "{\"kind\":\"total\",\"limit\":" + limit + "}", T);
  }

  private Decision claim(Optional<String> id, long seats, long perUser) {
    var parts =
        List.of(
            new Event.Claim.Part(SEATS, seats, Optional.empty()),
            new Event.Claim.Part(USER, perUser, Optional.empty()));
    return fold.apply(SEATS, new Event.Claim(parts, id), T);
  }

  private Decision release(String of) {
    return release(of, T);
  }

  private Decision release(String of, Instant at) {
    return fold.apply(SEATS, new Event.Release(of, OptionalLong.empty(), Optional.empty()), at);
  }

  private static void assertReleased(Decision decision, long seats, long perUser) {
    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.details().parts())
        .extracting(Decision.Part::counter)
        .containsExactly(SEATS, USER);
    assertThat(decision.details().parts())
        .extracting(part -> part.decision().details().released().orElseThrow())
        .containsExactly(seats, perUser);
  }

  private static CounterName inPartition(boolean zero) {
    for (int i = 0; ; i++) {
      var name = CounterName.of("n", "key" + i);
      if (Partitions.of(RecordKey.of(name), 4) == 0 == zero) {
        return name;
      }
    }
  }
}
