package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.codec.EventCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values through the log: what is kept of them, and for how long. */
class ValueTest {
  private static final String VALUE = "{\"kind\":\"value\"}";

  private static Event write(String fields) {
    return EventCodec.decode(utf8(("{'op':'write'," + fields + "}").replace('\'', '"')));
  }

  private static Decision release(FoldFixture fold, String of, Instant at) {
    return fold.apply("n", "a", new Event.Release(of, OptionalLong.empty(), Optional.empty()), at);
  }

  private static FoldFixture fold() {
    var fold = FoldFixture.inMemory();
    fold.policy("n", VALUE, START);
    return fold;
  }

  @Test
  void shouldForgetAValueWhenItEnds() {
    try (var fold = fold()) {
      fold.apply("n", "a", write("'to':5,'ttl':'10s'"), START);

      housekeeping(fold, START.plusSeconds(80));

      assertThat(fold.store().state().hotRows()).isZero();
      assertThat(fold.namespace("n").tally().isEmpty()).isTrue();
    }
  }

  @Test
  void shouldForgetAValueWhenItEndsSoonerThanItWouldHave() {
    try (var fold = fold()) {
      fold.apply("n", "a", write("'to':5,'ttl':'100d'"), START);
      fold.apply("n", "b", write("'to':5"), START);
      fold.apply("n", "c", write("'to':5,'ttl':'100d'"), START);
      fold.apply("n", "a", write("'ttl':'10s'"), START);
      fold.apply("n", "b", write("'ttl':'10s'"), START);
      fold.apply("n", "c", write("'to':6,'ttl':'20s'"), START);
      fold.apply("n", "c", write("'ttl':'50d'"), START);

      housekeeping(fold, START.plusSeconds(90));

      assertThat(fold.keys("n")).containsExactly("c");
      assertThat(fold.store().state().hotRows()).isEqualTo(1);
      assertThat(fold.count("n", "c", START.plus(Duration.ofDays(49)))).isEqualTo(6);
    }
  }

  /** Ends come from the log, and the floor is a minute behind it. */
  private static void housekeeping(FoldFixture fold, Instant then) {
    fold.tick(then);
    fold.wallClock(Duration.ofSeconds(1));
    fold.tick(then.plusSeconds(1));
    fold.wallClock(Duration.ofSeconds(1));
  }

  @Test
  void shouldGiveBackAPutUntilTheValueIsAnotherOne() {
    try (var fold = fold()) {
      fold.apply("n", "a", new Event.Put(4, Optional.empty(), Optional.of("p")), START);
      fold.apply("n", "a", write("'add':3"), START);
      assertThat(release(fold, "p", START).details().released()).hasValue(4);
      assertThat(fold.count("n", "a", START)).isEqualTo(3);

      fold.apply("n", "a", new Event.Put(4, Optional.empty(), Optional.of("q")), START);
      fold.apply("n", "a", write("'to':9"), START);
      assertThat(release(fold, "q", START).details().released()).hasValue(0);

      fold.apply("n", "a", new Event.Put(4, Optional.empty(), Optional.of("r")), START);
      fold.apply("n", "a", write("'expiresAt':1"), START);
      fold.apply("n", "a", write("'add':8"), START);
      assertThat(release(fold, "r", START).details().released()).hasValue(0);
      assertThat(fold.count("n", "a", START)).isEqualTo(8);
    }
  }

  @Test
  void shouldBuryNoWriteThatDependsOnWhatIsThere() {
    try (var fold = fold()) {
      fold.apply("n", "a", write("'to':0.5"), START);

      Decision impossible = fold.apply("n", "a", write("'add':1"), START);

      assertThat(impossible.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(fold.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldGoOnFromItsRow(@TempDir Path dir) {
    try (var fold = FoldFixture.rocksDb(dir)) {
      fold.policy("n", VALUE, START);
      for (int i = 0; i < 3000; i++) {
        fold.apply("n", "k" + i, write("'to':0.30000000000000001,'ttl':'1h'"), START);
      }
      fold.store().flushCache();

      Decision decision = fold.apply("n", "k7", write("'add':0.7"), START.plusSeconds(1));

      var after = decision.details().value().orElseThrow().after().orElseThrow();
      assertThat(after.number()).isEqualTo("1.00000000000000001");
      assertThat(after.endMillis()).hasValue(START.plusSeconds(3600).toEpochMilli());
    }
  }
}
