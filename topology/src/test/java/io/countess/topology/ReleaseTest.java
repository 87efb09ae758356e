package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was put under an id can be given back, once. */
class ReleaseTest {
  private static final Instant T = FoldFixture.START;
  private static final String TOTAL = "{\"kind\":\"total\",\"limit\":10}";
  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldGiveBackAllThatIsLeftAndThenNothing() {
    fold.policy("n", TOTAL, T);
    put("a", 4);
    fold.put("n", "k", 3, T);

    assertReleased(release("a", OptionalLong.empty()), 4, 3);
    assertReleased(release("a", OptionalLong.empty()), 0, 3);
    assertThat(fold.count("n", "k", T)).isEqualTo(3);
  }

  @Test
  void shouldGiveBackInParts() {
    fold.policy("n", TOTAL, T);
    put("a", 4);

    assertReleased(release("a", OptionalLong.of(1)), 1, 3);
    assertReleased(release("a", OptionalLong.of(9)), 3, 0);
  }

  @Test
  void shouldReleaseOnceUnderAnId() {
    fold.policy("n", TOTAL, T);
    put("a", 4);
    var part = new Event.Release("a", OptionalLong.of(1), Optional.of("r"));

    fold.apply("n", "k", part, T);
    Decision again = fold.apply("n", "k", part, T);

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().released()).hasValue(1);
    assertThat(fold.count("n", "k", T)).isEqualTo(3);
  }

  @Test
  void shouldGiveBackNothingOfWhatHasEnded() {
    fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"10s\"}", T);
    put("a", 4);

    Decision late = fold.apply("n", "k", all("a"), T.plusSeconds(11));

    assertThat(late.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(late.details().released()).hasValue(0);
  }

  @Test
  void shouldTakeTheReleasedOutOfTheTotalsOfTheNamespace() {
    fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"60s\"}", T);
    put("a", 4);
    fold.put("n", "other", 1, T);

    release("a", OptionalLong.empty());

    assertThat(fold.namespace("n").tally().countAt(T.toEpochMilli())).isEqualTo(1);
    assertThat(fold.namespace("n").tally().keysAt(T.toEpochMilli())).isEqualTo(1);
  }

  @Test
  void shouldKnowNothingOfAnIdThatNobodyUsed() {
    Decision unknown = release("nobody", OptionalLong.empty());

    assertThat(unknown.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(unknown.reason().orElseThrow()).contains("'nobody'");
  }

  @Test
  void shouldGiveBackNothingFromBeforeAReset() {
    fold.policy("n", TOTAL, T);
    put("a", 4);
    fold.apply("n", "k", new Event.Reset(), T);
    fold.put("n", "k", 6, T);

    Decision released = release("a", OptionalLong.empty());

    assertReleased(released, 0, 6);
    assertThat(released.reason()).hasValue("nothing is left of the put");
  }

  @Test
  void shouldGiveBackNothingFromBeforeASet() {
    fold.policy("n", TOTAL, T);
    put("a", 4);
    fold.apply("n", "k", new Event.SetValue(6, false), T);

    assertReleased(release("a", OptionalLong.empty()), 0, 6);
  }

  @Test
  void shouldGiveBackAfterASetThatDidNothing() {
    fold.policy("n", TOTAL, T);
    put("a", 4);
    fold.apply("n", "k", new Event.SetValue(6, true), T);

    assertReleased(release("a", OptionalLong.empty()), 4, 0);
  }

  @Test
  void shouldGiveBackNothingFromBeforeAResetOfTheNamespace() {
    fold.policy("n", TOTAL, T);
    put("a", 4);
    fold.policyAndReset("n", TOTAL, T);
    fold.put("n", "k", 6, T);

    assertReleased(release("a", OptionalLong.empty()), 0, 6);
  }

  @Test
  void shouldGiveBackNothingOnceTheIdIsForgotten() {
    fold.policy("n", "{\"kind\":\"total\",\"dedupe\":\"60s\"}", T);
    put("a", 4);

    Decision late = fold.apply("n", "k", all("a"), T.plus(Duration.ofMinutes(2)));

    assertThat(late.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(fold.count("n", "k", T)).isEqualTo(4);
  }

  private Decision put(String id, long n) {
    return fold.apply("n", "k", Event.Put.of(n).withId(Optional.of(id)), T);
  }

  private Decision release(String of, OptionalLong n) {
    return fold.apply("n", "k", new Event.Release(of, n, Optional.empty()), T);
  }

  private static Event all(String of) {
    return new Event.Release(of, OptionalLong.empty(), Optional.empty());
  }

  private static void assertReleased(Decision decision, long released, long count) {
    assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(decision.details().released()).hasValue(released);
    assertThat(decision.count()).hasValue(count);
  }
}
