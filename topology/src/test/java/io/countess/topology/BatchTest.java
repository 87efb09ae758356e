package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Write;
import io.countess.event.codec.PolicyCodec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several events in one record: each by itself in its order, or all of them or none. */
class BatchTest {
  private static final Instant T = FoldFixture.START;
  private static final CounterName A = CounterName.of("n", "{t}a");
  private static final CounterName B = CounterName.of("n", "{t}b");
  private static final CounterName SEATS = CounterName.of("seats", "{t}hall");
  private static final String BUCKET = "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3}";
  private final FoldFixture fold = FoldFixture.inMemory();

  @BeforeEach
  void name() {
    fold.policy("n", "{\"kind\":\"value\"}", T);
    fold.policy("seats", "{\"kind\":\"total\",\"limit\":10}", T);
  }

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldCarryOutEachAfterThoseBeforeIt() {
    Decision all =
        inOrder(part(A, add(2)), part(A, add(3)), part(B, put(7)), part(A, put(0)), part(A, to(1)));

    assertThat(all.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(changes(all))
        .containsExactly(
            change(null, 2L), change(2L, 5L), change(null, 7L), change(5L, 5L), change(5L, 1L));
    assertThat(all.details().parts())
        .extracting(Decision.Part::counter)
        .containsExactly(A, A, B, A, A);
    assertThat(fold.count(A, T)).isEqualTo(1);
    assertThat(fold.count(B, T)).isEqualTo(7);
  }

  @Test
  void shouldGoOnAfterOneThatIsRefused() {
    Decision all =
        inOrder(
            part(SEATS, put(8)),
            part(SEATS, put(3)),
            part(A, add(1).onlyIf(Write.If.PRESENT)),
            part(SEATS, new Event.SetValue(11, false)),
            part(SEATS, to(4)),
            part(SEATS, put(2)));

    assertThat(all.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(all.reason()).isEmpty();
    assertThat(outcomes(all))
        .containsExactly(
            Outcome.ACCEPTED,
            Outcome.REFUSED,
            Outcome.REFUSED,
            Outcome.REFUSED,
            Outcome.IMPOSSIBLE,
            Outcome.ACCEPTED);
    assertThat(fold.count(SEATS, T)).isEqualTo(10);
    assertThat(fold.deadLetters()).isEmpty();
  }

  @Test
  void shouldTellWhatIsHeldWithoutLeavingATrace() {
    Decision all = inOrder(part(A, put(0)), part(B, to(5)), part(B, put(0)));

    assertThat(changes(all)).containsExactly(change(null, null), change(null, 5L), change(5L, 5L));
    assertThat(fold.keys("n")).containsExactly("{t}b");
  }

  @Test
  void shouldCarryOutAllThatStandTogether() {
    Decision all = together(part(SEATS, put(8)), part(A, to(5)), part(B, new Event.Reset()));

    assertThat(outcomes(all)).containsOnly(Outcome.ACCEPTED);
    assertThat(fold.count(SEATS, T)).isEqualTo(8);
    assertThat(fold.count(A, T)).isEqualTo(5);
  }

  @Test
  void shouldCarryOutNoneWhereOneOfThoseTogetherIsRefused() {
    inOrder(part(SEATS, put(8)), part(B, to(2)));

    Decision refused = together(part(A, to(5)), part(B, new Event.Reset()), part(SEATS, put(3)));

    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.reason().orElseThrow()).startsWith("'seats/{t}hall': ");
    assertThat(outcomes(refused))
        .containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REFUSED);
    assertThat(refused.details().parts().get(1).decision().count()).hasValue(2);
    assertThat(fold.keys("n")).containsExactly("{t}b");
    assertThat(fold.count(B, T)).isEqualTo(2);
    assertThat(fold.count(SEATS, T)).isEqualTo(8);
  }

  @Test
  void shouldDecideAfterThePolicyThatAPutOfTheBatchBrought() {
    var brings = Event.Put.of(2).bringing(policy(BUCKET));

    Decision all = inOrder(part(A, brings), part(A, put(1)), part(A, put(1)), part(B, put(1)));

    assertThat(outcomes(all))
        .containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REFUSED, Outcome.ACCEPTED);
    assertThat(all.details().parts().get(2).decision().limit()).hasValue(3);
    assertThat(own(A)).isEqualTo(policy(BUCKET));
    assertThat(fold.count(A, T)).isEqualTo(3);
    assertThat(fold.count(A, T.plusSeconds(2))).isEqualTo(1);
  }

  @Test
  void shouldBringAPolicyOnlyWhereAllTogetherAreAccepted() {
    var brings = Event.Put.of(2).bringing(policy(BUCKET));

    Decision refused = together(part(A, brings), part(SEATS, put(11)));
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.reader().counter(A).counting().policy().kind()).isEqualTo("value");

    Decision tooMuch = together(part(A, Event.Put.of(4).bringing(policy(BUCKET))), part(B, put(1)));
    assertThat(outcomes(tooMuch)).containsExactly(Outcome.IMPOSSIBLE, Outcome.ACCEPTED);

    Decision all = together(part(A, brings), part(SEATS, put(1)));
    assertThat(all.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(own(A)).isEqualTo(policy(BUCKET));
    assertThat(fold.count(A, T)).isEqualTo(2);
  }

  @Test
  void shouldNotBringAPolicyOfAnotherKindToWhatCountsAlready() {
    inOrder(part(A, to(5)));
    var brings = Event.Put.of(2).bringing(policy(BUCKET));

    assertThat(outcomes(together(part(A, brings), part(B, put(1)))))
        .containsExactly(Outcome.IMPOSSIBLE, Outcome.ACCEPTED);
    assertThat(outcomes(inOrder(part(A, brings), part(B, put(1)))))
        .containsExactly(Outcome.IMPOSSIBLE, Outcome.ACCEPTED);
    assertThat(fold.count(A, T)).isEqualTo(5);
    assertThat(fold.count(B, T)).isEqualTo(1);
  }

  @Test
  void shouldSayWhenAllTogetherWouldBeAccepted() {
    fold.policy("slow", "{\"kind\":\"expiring\",\"ttl\":\"10s\",\"limit\":1}", T);
    var slow = CounterName.of("slow", "{t}s");
    inOrder(part(slow, put(1)));

    assertThat(together(part(A, to(5)), part(slow, put(1))).retryAfterMillis()).hasValue(10_000);
  }

  @Test
  void shouldRefuseCountersThatAreNotTogether() {
    var apart = CounterName.of("n", "c");

    for (boolean together : new boolean[] {true, false}) {
      var batch =
          new Batch(
              List.of(part(A, put(1)), part(apart, put(1))),
              together,
              Optional.empty(),
              Optional.empty());
      Decision refused = fold.apply(A, batch, T);
      assertThat(refused.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(refused.reason().orElseThrow()).contains("hash tag");
    }
    assertThat(fold.deadLetters()).hasSize(2);
    assertThat(fold.keys("n")).isEmpty();
  }

  @Test
  void shouldGiveNothingBackOfAPutThatABatchReplaced() {
    var id = Optional.of("order");
    for (Event replaces : List.of(new Event.SetValue(5, false), new Event.Reset())) {
      fold.apply(SEATS, new Event.Put(3, Optional.empty(), id), T);
      inOrder(part(SEATS, replaces), part(SEATS, put(1)));
      Decision released =
          fold.apply(SEATS, new Event.Release("order", OptionalLong.empty(), Optional.empty()), T);
      assertThat(released.details().released()).hasValue(0);
    }
    fold.apply(SEATS, new Event.Put(3, Optional.empty(), Optional.of("other")), T);
    together(part(SEATS, new Event.Reset()), part(A, put(1)));
    Decision released =
        fold.apply(SEATS, new Event.Release("other", OptionalLong.empty(), Optional.empty()), T);
    assertThat(released.details().released()).hasValue(0);
  }

  @Test
  void shouldBeTheSameFromRocksDb(@TempDir Path dir) {
    try (var stored = FoldFixture.rocksDb(dir)) {
      stored.policy("n", "{\"kind\":\"value\"}", T);
      for (int i = 0; i < 3000; i++) {
        stored.put("n", "{t}" + i, 2, T);
      }
      stored.store().flushCache();
      var batch =
          Batch.inOrder(List.of(part(CounterName.of("n", "{t}7"), add(1)), part(A, add(2))));

      Decision decided = stored.apply(batch.counter(), batch, T);

      assertThat(changes(decided)).containsExactly(change(2L, 3L), change(null, 2L));
      stored.store().flushCache();
      assertThat(stored.count("n", "{t}7", T)).isEqualTo(3);
    }
  }

  private Decision inOrder(Batch.Part... parts) {
    return fold.apply(parts[0].counter(), Batch.inOrder(List.of(parts)), T);
  }

  private Decision together(Batch.Part... parts) {
    return fold.apply(parts[0].counter(), Batch.together(List.of(parts)), T);
  }

  private Policy own(CounterName counter) {
    return fold.reader().counter(counter).counting().policy();
  }

  private static Batch.Part part(CounterName counter, Event event) {
    return new Batch.Part(counter, event);
  }

  private static Event put(long n) {
    return Event.Put.of(n);
  }

  private static Write add(long n) {
    return Write.of(new Write.Add(n));
  }

  private static Write to(long n) {
    return Write.of(new Write.Replace(n));
  }

  private static Policy policy(String json) {
    return PolicyCodec.decode(FoldFixture.utf8(json));
  }

  private static List<Outcome> outcomes(Decision decision) {
    return decision.details().parts().stream().map(part -> part.decision().outcome()).toList();
  }

  private static List<HeldChange> changes(Decision decision) {
    return decision.details().parts().stream()
        .map(part -> part.decision().details().value().orElseThrow())
        .toList();
  }

  private static HeldChange change(Long before, Long after) {
    return new HeldChange(held(before), held(after));
  }

  private static Optional<Held> held(Long number) {
    return Optional.ofNullable(number)
        .map(some -> new Held(BigDecimal.valueOf(some), OptionalLong.empty()));
  }
}
