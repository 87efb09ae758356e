package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a claim as a whole follows from what is said of its parts. */
class ClaimDecisionTest {
  private static final Instant T = FoldFixture.START;
  private static final CounterName FIRST = CounterName.of("first", "{x}a");
  private static final CounterName SECOND = CounterName.of("second", "{x}b");
  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldTellTheReasonOfTheFirstPartThatHasNoRoom() {
    fold.policy("first", "{\"kind\":\"total\",\"limit\":1}", T);
    fold.policy("second", "{\"kind\":\"total\",\"limit\":2}", T);

    assertThat(claim(2, 3).reason()).hasValueSatisfying(it -> assertThat(it).startsWith("'first/"));
    assertThat(claim(1, 3).reason())
        .hasValueSatisfying(it -> assertThat(it).startsWith("'second/"));
    assertThat(claim(1, 2).reason()).isEmpty();
  }

  /** What can never be is worse than what could be later, whichever part comes first. */
  @Test
  void shouldTellTheWorstOutcome() {
    fold.policy("first", "{\"kind\":\"expiring\",\"limit\":1}", T);
    fold.policy("second", "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":2}", T);
    fold.apply(FIRST, Event.Put.of(1), T);

    Decision never = claim(1, 3);

    assertThat(never.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(never.reason().orElseThrow()).startsWith("'second/").contains("capacity is 2");
    assertThat(never.retryAfterMillis()).isEmpty();
    assertThat(fold.count(SECOND, T)).isZero();
  }

  /** The window has room since it stands below zero; the next one starts at zero. */
  @Test
  void shouldNameNoTimeWhereWhatHasRoomNowHasNoneThen() {
    fold.policy("first", "{\"kind\":\"window\",\"period\":\"5s\",\"limit\":10,\"min\":-10}", T);
    fold.policy("second", "{\"kind\":\"expiring\",\"ttl\":\"20s\",\"limit\":1}", T);
    fold.apply(FIRST, Event.Put.of(-5), T);
    fold.apply(SECOND, Event.Put.of(1), T);

    Decision refused = claim(12, 1);

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.retryAfterMillis()).isEmpty();
  }

  /** Of each alone it is another time. */
  @Test
  void shouldNameTheTimeAtWhichAllHaveRoomAtOnce() {
    fold.policy("first", "{\"kind\":\"expiring\",\"ttl\":\"7s\",\"limit\":1}", T);
    fold.policy("second", "{\"kind\":\"expiring\",\"ttl\":\"20s\",\"limit\":3}", T);
    fold.apply(FIRST, Event.Put.of(1), T);
    fold.apply(SECOND, Event.Put.of(2), T.plusSeconds(1));

    long wait = claim(1, 2).retryAfterMillis().orElseThrow();

    assertThat(claim(T.plusMillis(wait - 1), 1, 2).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(claim(T.plusMillis(wait), 1, 2).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldSayWhichObservedLimitWouldHaveRefused() {
    fold.policy("first", "{\"kind\":\"total\"}", T);
    fold.policy("second", "{\"kind\":\"total\",\"limit\":2,\"mode\":\"observe\"}", T);

    Decision under = claim(1, 2);
    Decision over = claim(1, 1);

    assertThat(under.details().wouldRefuse()).isFalse();
    assertThat(over.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(over.details().wouldRefuse()).isTrue();
    assertThat(over.reason().orElseThrow()).startsWith("'second/");
    assertThat(fold.count(SECOND, T)).isEqualTo(3);
  }

  @Test
  void shouldBeDecidedAtTheLatestInstantOfItsCounters() {
    fold.apply(SECOND, Event.Put.of(1), T.plusSeconds(30));

    Decision decision = claim(1, 1);

    assertThat(decision.atMillis()).isEqualTo(T.plusSeconds(30).toEpochMilli());
  }

  @Test
  void shouldRefuseAClaimWithAnIdThatOneOfItsCountersCannotRemember() {
    fold.policy("second", "{\"kind\":\"total\",\"dedupe\":\"60s\",\"maxIds\":100}", T);
    for (int i = 0; i < 100; i++) {
      fold.apply(SECOND, Event.Put.of(1).withId(Optional.of("id" + i)), T);
    }

    Decision full = claim(Optional.of("order"), 1, 1);

    assertThat(full.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(full.reason().orElseThrow()).startsWith("'second/").contains("100 ids");
    assertThat(fold.count(FIRST, T)).isZero();
    assertThat(claim(1, 1).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  private Decision claim(long first, long second) {
    return claim(Optional.empty(), first, second);
  }

  private Decision claim(Instant at, long first, long second) {
    return claim(Optional.empty(), at, first, second);
  }

  private Decision claim(Optional<String> id, long first, long second) {
    return claim(id, T, first, second);
  }

  private Decision claim(Optional<String> id, Instant at, long first, long second) {
    var parts =
        List.of(
            new Event.Claim.Part(FIRST, first, Optional.empty()),
            new Event.Claim.Part(SECOND, second, Optional.empty()));
    return fold.apply(FIRST, new Event.Claim(parts, id), at);
  }
}
