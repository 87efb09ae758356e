package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.NamespacePatterns;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The id of a claim is one at each of its counters. */
class ClaimIdTest {
  private static final Instant T = FoldFixture.START;
  private static final CounterName A = CounterName.of("first", "{x}a");
  private static final CounterName B = CounterName.of("second", "{x}b");
  private static final CounterName C = CounterName.of("second", "{x}c");
  private final FoldFixture fold = FoldFixture.inMemory();

  @BeforeEach
  void remember() {
    fold.policy("first", "{\"kind\":\"total\",\"dedupe\":\"60s\"}", T);
    fold.policy("second", "{\"kind\":\"total\",\"dedupe\":\"90s\"}", T);
  }

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldBeTheSameClaimInAnyOrder() {
    Decision first = claim(T, part(A, 2), part(B, 3), part(C, 4));

    Decision again = claim(T, part(C, 4), part(A, 2), part(B, 3));

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().parts()).isEqualTo(first.details().parts());
    assertThat(again.position()).hasValue(Position.of(0, 2));
    assertCounts(2, 3, 4);
  }

  @Test
  void shouldBeAnotherClaimWithOtherAmounts() {
    claim(T, part(A, 2), part(B, 3));

    assertThat(claim(T, part(B, 2), part(A, 3)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(claim(T, part(B, 3)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(claim(T, part(C, 1), part(B, 3)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertCounts(2, 3, 0);
  }

  @Test
  void shouldNotServeForAPutAtAnyOfItsCounters() {
    claim(T, part(A, 2), part(B, 3));

    assertThat(put(A, T).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(put(B, T).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(put(C, T).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertCounts(2, 3, 1);
  }

  @Test
  void shouldNotBeUsedWhereOneOfItsCountersHasSeenIt() {
    put(B, T);

    Decision claim = claim(T, part(A, 2), part(B, 3));

    assertThat(claim.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(claim.reason().orElseThrow()).contains("'order'", "0@");
    assertCounts(0, 1, 0);
  }

  @Test
  void shouldBeReleasedAtAnyOfItsCountersOnce() {
    claim(T, part(A, 2), part(B, 3), part(C, 4));

    assertReleased(release(B), 2, 3, 4);
    assertReleased(release(A), 0, 0, 0);
    assertReleased(release(C), 0, 0, 0);
    assertCounts(0, 0, 0);
  }

  @Test
  void shouldTellARepeatedReleaseAtAnyOfItsCountersWhatTheFirstTold() {
    claim(T, part(A, 2), part(B, 3));
    var release = new Event.Release("order", none(), Optional.of("back"));
    Decision first = fold.apply(B, release, T);

    Decision again = fold.apply(A, release, T);

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().parts()).isEqualTo(first.details().parts());
    assertCounts(0, 0, 0);
  }

  @Test
  void shouldNotBeReleasedWhereOneOfItsCountersIsOutsideOfWhatTheReleaseMayTouch() {
    claim(T, part(A, 2), part(B, 3), part(C, 4));

    Decision refused = fold.apply(B, releaseWithin("sec*"), T);

    assertThat(refused.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(refused.reason().orElseThrow()).contains("'order'", "sec*").doesNotContain("first");
    assertThat(refused.details().parts()).isEmpty();
    assertCounts(2, 3, 4);
    assertReleased(fold.apply(B, releaseWithin("f*", "second"), T), 2, 3, 4);
  }

  @Test
  void shouldBeReleasedWithinTheNamespacesOfAllItsCounters() {
    claim(T, part(B, 3), part(C, 4));

    assertThat(fold.apply(B, releaseWithin("second"), T).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertCounts(0, 0, 0);
  }

  /** Whose answer names the counters. */
  @Test
  void shouldTellARepeatedReleaseNothingThatItMayNotTouch() {
    claim(T, part(A, 2), part(B, 3));
    var release = new Event.Release("order", none(), Optional.of("back"));
    fold.apply(B, release, T);

    Decision again = fold.apply(B, release.within(NamespacePatterns.parse("second")), T);

    assertThat(again.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(again.details().parts()).isEmpty();
  }

  @Test
  void shouldReleaseAPutWhereverTheReleaseMayTouchItsNamespace() {
    put(B, T);

    assertThat(fold.apply(B, releaseWithin("second"), T).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertCounts(0, 0, 0);
  }

  private static Event releaseWithin(String... patterns) {
    return new Event.Release("order", none(), Optional.empty())
        .within(NamespacePatterns.of(List.of(patterns)));
  }

  /** B still has a row that points to A, and A one that points to C: both events are over. */
  @Test
  void shouldBeUsedAgainAtEachCounterOnceItIsForgotten() {
    claim(T, part(A, 2), part(B, 3));
    Instant forgotten = T.plusSeconds(200);
    claim(forgotten, part(C, 4), part(A, 5));

    assertThat(put(B, forgotten).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put(A, forgotten).outcome()).isEqualTo(Outcome.CONFLICT);
    assertCounts(7, 4, 4);
  }

  @Test
  void shouldNotBeForgottenSinceAPutAtOneOfItsCountersWasAheadOfItsTime() {
    fold.policy("first", "{\"kind\":\"total\",\"dedupe\":\"20s\"}", T);
    fold.policy("second", "{\"kind\":\"total\",\"dedupe\":\"20s\"}", T);
    claim(T, part(A, 2), part(B, 3));
    fold.apply(B, Event.Put.of(1), T.plusSeconds(50));

    assertThat(claim(T.plusSeconds(1), part(A, 2), part(B, 3)).details().replayed()).isTrue();
  }

  @Test
  void shouldBeRememberedEverywhereForAsLongAsTheCounterThatDoesSoForLongest() {
    claim(T, part(A, 2), part(B, 3));

    Instant then = T.plusSeconds(89);
    assertThat(put(A, then).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(claim(then, part(B, 3), part(A, 2)).details().replayed()).isTrue();
    Instant later = T.plusSeconds(92);
    assertThat(put(A, later).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put(B, later).outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  /** A counter that lags behind another one must not take that one's next event for its claim. */
  @Test
  void shouldNotBeTakenForWhatUsesItAfterIt() {
    claim(T, part(A, 2), part(B, 3));
    assertThat(put(A, T.plusSeconds(92)).outcome()).isEqualTo(Outcome.ACCEPTED);

    Decision atB = fold.apply(B, new Event.Release("order", none(), Optional.empty()), T);

    assertThat(atB.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertCounts(3, 3, 0);
  }

  @Test
  void shouldLeaveNoRowsWhenItIsForgotten() {
    claim(T, part(A, 2), part(B, 3));
    long rows = rowsOfIds();

    fold.tick(T.plus(Duration.ofMinutes(10)));
    fold.wallClock(Duration.ofSeconds(2));
    fold.tick(T.plus(Duration.ofMinutes(11)));

    assertThat(rows).as("a row and a ledger for each").isEqualTo(4);
    assertThat(fold.changelog().stream().filter(it -> it.key()[0] == 'I'))
        .hasSize(4)
        .allMatch(it -> it.value() == null);
  }

  private long rowsOfIds() {
    return fold.changelog().stream()
        .filter(it -> it.key()[0] == 'I')
        .map(it -> Arrays.hashCode(it.key()))
        .distinct()
        .count();
  }

  private void assertCounts(long a, long b, long c) {
    assertThat(List.of(fold.count(A, T), fold.count(B, T), fold.count(C, T)))
        .containsExactly(a, b, c);
  }

  private static void assertReleased(Decision decision, long a, long b, long c) {
    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.details().parts())
        .extracting(part -> part.decision().details().released().orElseThrow())
        .containsExactly(a, b, c);
  }

  private Decision claim(Instant at, Event.Claim.Part... parts) {
    var claim = new Event.Claim(List.of(parts), Optional.of("order"));
    return fold.apply(claim.counter(), claim, at);
  }

  private static Event.Claim.Part part(CounterName counter, long n) {
    return Event.Claim.Part.of(counter, n);
  }

  private Decision put(CounterName counter, Instant at) {
    return fold.apply(counter, Event.Put.of(1).withId(Optional.of("order")), at);
  }

  private Decision release(CounterName counter) {
    return fold.apply(counter, new Event.Release("order", none(), Optional.empty()), T);
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }
}
