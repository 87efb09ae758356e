package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.codec.PolicyCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A policy that lapses is its counter's for as long as that counts something. */
class LapseTest {
  private static final String BUCKET =
      "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3,\"lapses\":true}";
  private static final String TOTAL = "{\"kind\":\"total\",\"max\":2}";
  private static final char HISTORIES = 'H';
  private static final char COUNTERS = 'C';

  /** The count has come to nothing, and what comes late has come. */
  private static final Instant LAPSED = START.plusSeconds(63);

  private final FoldFixture fold = FoldFixture.inMemory();
  private final Map<ByteString, Optional<byte[]>> rows = new HashMap<>();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldDecideByItWhileTheCounterCountsSomething() {
    assertThat(bring(3, START).limit()).hasValue(3);

    assertThat(fold.put("n", "k", 1, START).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.put("n", "k", 1, LAPSED.minusMillis(1)).limit()).hasValue(3);
  }

  @Test
  void shouldDecideByThePolicyOfTheNamespaceWhenItHasLapsed() {
    fold.policy("n", TOTAL, START);
    bring(3, START);

    Decision after = fold.put("n", "k", 2, LAPSED);
    assertThat(after.count()).hasValue(2);
    assertThat(fold.put("n", "k", 1, LAPSED).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.reader().counter(CounterName.of("n", "k")).own().isNone()).isTrue();
  }

  @Test
  void shouldLeaveNothingBehind() {
    for (int i = 0; i < 1000; i++) {
      fold.apply("n", "k" + i, bucket(1, Optional.empty()), START);
    }
    fold.store().flushCache();
    assertThat(rows(HISTORIES)).isEqualTo(1000);
    assertThat(rows(COUNTERS)).isEqualTo(1000);

    fold.tick(START.plusSeconds(120));
    IntStream.range(0, 100).forEach(some -> fold.wallClock(Duration.ofSeconds(1)));
    fold.store().flushCache();

    assertThat(rows(HISTORIES)).isZero();
    assertThat(rows(COUNTERS)).isZero();
    assertThat(fold.namespace("n").hasOwnPolicies()).isFalse();
    assertThat(fold.namespace("n").tally().keysAt(START.plusSeconds(120).toEpochMilli())).isZero();
  }

  @Test
  void shouldLeaveNoPolicyWhereThePutIsRefusedAndNothingIsCounted() {
    assertThat(bring(4, START).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    fold.apply("n", "empty", bucket(0, Optional.empty()), START);
    fold.store().flushCache();

    assertThat(rows(HISTORIES)).isZero();
    assertThat(listed()).isEmpty();
  }

  @Test
  void shouldLapseWithAResetOfItsCounterAndOfItsNamespace() {
    bring(1, START);
    fold.apply("n", "k", new Event.Reset(), START);
    assertThat(listed()).isEmpty();

    bring(1, START);
    assertThat(listed()).containsExactly("k");
    fold.policyAndReset("n", TOTAL, START);
    assertThat(listed()).isEmpty();
    assertThat(fold.put("n", "k", 2, START).count()).hasValue(2);
  }

  @Test
  void shouldNotBeListedNorShowAHistoryWhenItHasLapsed() {
    bring(1, START);
    assertThat(listed()).containsExactly("k");
    assertThat(fold.reader().history(CounterName.of("n", "k"))).hasSize(1);

    fold.tick(LAPSED);
    assertThat(listed()).isEmpty();
    assertThat(fold.reader().history(CounterName.of("n", "k"))).isEmpty();
  }

  @Test
  void shouldHaveNothingToReleaseFromItsTime() {
    fold.policy("n", TOTAL, START);
    fold.apply("n", "k", bucket(2, Optional.of("i")), START);
    var release = new Event.Release("i", OptionalLong.empty(), Optional.empty());

    assertThat(fold.put("n", "k", 1, LAPSED).count()).hasValue(1);
    assertThat(fold.apply("n", "k", release, LAPSED).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(fold.count("n", "k", LAPSED)).isEqualTo(1);
  }

  @Test
  void shouldGiveWayToAPolicyThatStays() {
    bring(1, START);
    fold.policy("n", "k", "{\"kind\":\"leaky\",\"rate\":\"1/s\"}", OnChange.KEEP, START);
    fold.tick(LAPSED.plusSeconds(60));
    fold.wallClock(Duration.ofMinutes(1));

    assertThat(listed()).containsExactly("k");
  }

  @Test
  void shouldBeBroughtAgain() {
    for (int second = 0; second < 1000; second += 100) {
      assertThat(bring(3, START.plusSeconds(second)).outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(bring(1, START.plusSeconds(second)).outcome()).isEqualTo(Outcome.REFUSED);
    }
    assertThat(fold.reader().history(CounterName.of("n", "k"))).hasSize(1);
  }

  private Decision bring(long n, Instant at) {
    return fold.apply("n", "k", bucket(n, Optional.empty()), at);
  }

  private static Event.Put bucket(long n, Optional<String> id) {
    return new Event.Put(n, Optional.empty(), id)
        .bringing(PolicyCodec.decode(FoldFixture.utf8(BUCKET)));
  }

  private List<String> listed() {
    var listed = new ArrayList<String>();
    fold.reader()
        .policies(
            ByteString.utf8("n"),
            ByteString.EMPTY,
            (key, newest) -> listed.add(key.text().orElseThrow()));
    return listed;
  }

  /** How many rows of a kind the store has written and not removed again. */
  private long rows(char kind) {
    fold.changelog()
        .forEach(it -> rows.put(ByteString.of(it.key()), Optional.ofNullable(it.value())));
    return rows.entrySet().stream()
        .filter(row -> row.getKey().toBytes()[0] == kind && row.getValue().isPresent())
        .count();
  }
}
