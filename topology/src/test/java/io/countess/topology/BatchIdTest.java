package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.event.Position;
import io.countess.event.codec.EventCodec;
import io.countess.event.codec.PolicyCodec;
import io.countess.fold.ForwardMark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of a batch is one at each of its counters. */
class BatchIdTest {
  private static final Instant T = FoldFixture.START;
  private static final CounterName A = CounterName.of("first", "{x}a");
  private static final CounterName B = CounterName.of("second", "{x}b");
  private final FoldFixture fold = FoldFixture.inMemory();

  @BeforeEach
  void remember() {
    fold.policy("first", "{\"kind\":\"total\",\"dedupe\":\"60s\",\"maxIds\":2}", T);
    fold.policy("second", "{\"kind\":\"total\",\"dedupe\":\"90s\",\"limit\":100}", T);
  }

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldBeTheSameUnderAnIdWhateverItsNote() {
    Decision first = batch(true, "order", part(A, 2), part(B, 3));

    var parts = List.of(part(A, 2), part(B, 3));
    var again = new Batch(parts, true, Optional.of("order"), Optional.of("another"));
    assertThat(fold.apply(A, again, T).details().parts()).isEqualTo(first.details().parts());
    assertCounts(2, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldBeCarriedOutOnceUnderAnId(boolean together) {
    Decision first = batch(together, "order", part(A, 2), part(B, 3));

    Decision again = batch(together, "order", part(A, 2), part(B, 3));

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().parts()).isEqualTo(first.details().parts()).hasSize(2);
    assertThat(again.position()).hasValue(Position.of(0, 2));
    assertCounts(2, 3);
  }

  @Test
  void shouldBeAnotherBatchInAnotherOrderOrWay() {
    batch(false, "order", part(A, 2), part(B, 3));

    assertThat(batch(false, "order", part(B, 3), part(A, 2)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(batch(true, "order", part(A, 2), part(B, 3)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(batch(false, "order", part(B, 3)).outcome()).isEqualTo(Outcome.CONFLICT);
    assertCounts(2, 3);
  }

  @Test
  void shouldServeForNoPutAtAnyOfItsCounters() {
    batch(false, "order", part(A, 2), part(B, 3));

    assertThat(put(A, T).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(put(B, T).outcome()).isEqualTo(Outcome.CONFLICT);
    assertCounts(2, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotBeUsedWhereOneOfItsCountersHasSeenIt(boolean together) {
    put(B, T);

    assertThat(batch(together, "order", part(A, 2), part(B, 3)).outcome())
        .isEqualTo(Outcome.CONFLICT);
    assertCounts(0, 1);
  }

  @Test
  void shouldBeRememberedAlsoWhereAllOfItWasRefused() {
    Decision first = batch(false, "order", part(B, 101));
    fold.apply(B, Event.Put.of(-1), T);

    assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(batch(false, "order", part(B, 101)).details().replayed()).isTrue();
  }

  @Test
  void shouldComeAgainWhereNothingOfItWasCarriedOut() {
    fold.apply(B, Event.Put.of(99), T);
    assertThat(batch(true, "order", part(A, 1), part(B, 2)).outcome()).isEqualTo(Outcome.REFUSED);
    fold.apply(B, Event.Put.of(-9), T);

    assertThat(batch(true, "order", part(A, 1), part(B, 2)).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertCounts(1, 92);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldBeRefusedAsAWholeWhereACounterRemembersNoMoreIds(boolean together) {
    batch(together, "1", part(A, 1), part(B, 1));
    batch(together, "2", part(A, 1), part(B, 1));

    Decision refused = batch(together, "3", part(B, 1), part(A, 1));

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.details().overIds()).isTrue();
    assertThat(refused.reason().orElseThrow()).startsWith("'first/{x}a': the counter remembers 2");
    assertThat(refused.retryAfterMillis().orElseThrow()).isBetween(90_000L, 92_000L);
    assertThat(fold.deadLetters()).hasSize(1);
    assertCounts(2, 2);
  }

  @Test
  void shouldBeRememberedForAsLongAsAPolicyThatItBroughtSays() {
    String own = "{\"kind\":\"total\",\"dedupe\":\"300s\"}";
    var brings = Event.Put.of(1).bringing(PolicyCodec.decode(FoldFixture.utf8(own)));
    var parts = List.of(new Batch.Part(A, brings), part(B, 1));
    for (boolean together : new boolean[] {true, false}) {
      Instant at = together ? T : T.plusSeconds(1000);
      var batch = new Batch(parts, together, Optional.of("long"), Optional.empty());
      fold.apply(A, batch, at);
      fold.tick(at.plusSeconds(290));
      assertThat(fold.apply(A, batch, at.plusSeconds(290)).details().replayed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotBeReleased(boolean together) {
    batch(together, "order", part(A, 2), part(B, 3));

    for (CounterName counter : List.of(A, B)) {
      var release = new Event.Release("order", OptionalLong.empty(), Optional.of("back"));
      Decision refused = fold.apply(counter, release, T);
      assertThat(refused.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(refused.reason())
          .hasValue("of is 'order', a batch; only puts and claims are released");
    }
    assertCounts(2, 3);
  }

  @Test
  void shouldGoOnToItsPartitionAndBeCarriedOutThereOnce() {
    try (var other = FoldFixture.ofPartitions(4)) {
      other.apply(in(2).counter(), in(2), T);
      assertThat(other.forwarder.sent).hasSize(1);
      assertThat(other.forwarder.sent.get(0).partition()).isEqualTo(2);
      assertThat(other.reader().namespaces()).isEmpty();

      Batch here = in(0);
      String key = "first/" + here.counter().key();
      String value = new String(EventCodec.encode(here), StandardCharsets.UTF_8);
      var mark = new ForwardMark(1, 5, -1, T.toEpochMilli());
      other.pipeForwarded(key, value, T, mark);
      other.pipeForwarded(key, value, T, mark);
      assertThat(other.count(here.parts().get(0).counter(), T)).isEqualTo(2);
      assertThat(other.count(here.parts().get(1).counter(), T)).isEqualTo(3);
    }
  }

  /** A batch of a partition of four. */
  private static Batch in(int partition) {
    String tag =
        IntStream.range(0, 100)
            .mapToObj(i -> "{" + i + "}")
            .filter(it -> Partitions.of(FoldFixture.utf8("n/" + it), 4) == partition)
            .findFirst()
            .orElseThrow();
    return Batch.inOrder(
        List.of(
            part(CounterName.of("first", tag + "a"), 2),
            part(CounterName.of("second", tag + "b"), 3)));
  }

  private Decision batch(boolean together, String id, Batch.Part... parts) {
    var batch = new Batch(Arrays.asList(parts), together, Optional.of(id), Optional.of("noted"));
    return fold.apply(batch.counter(), batch, T);
  }

  private static Batch.Part part(CounterName counter, long n) {
    return new Batch.Part(counter, Event.Put.of(n));
  }

  private Decision put(CounterName counter, Instant at) {
    return fold.apply(counter, Event.Put.of(1).withId(Optional.of("order")), at);
  }

  private void assertCounts(long a, long b) {
    assertThat(List.of(fold.count(A, T), fold.count(B, T))).containsExactly(a, b);
  }
}
