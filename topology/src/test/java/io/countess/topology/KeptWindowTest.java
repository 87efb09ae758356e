package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.WindowSpan;
import io.countess.state.PartitionReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows that are kept after their end. */
class KeptWindowTest {
  private static final String HOURS = "{\"kind\":\"window\",\"period\":\"1h\",\"keep\":%d}";
  private static final CounterName ALICE = CounterName.of("bills", "alice");

  private final FoldFixture fold = FoldFixture.inMemory();

  @BeforeEach
  void keepThree() {
    fold.policy("bills", HOURS.formatted(3), START);
  }

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldKeepTheLastWindowsAndNoOthers() {
    for (int hour = 0; hour < 6; hour++) {
      put("alice", 10 + hour, at(hour, 5));
    }

    assertThat(windows("alice")).isEqualTo(Map.of(2, 12L, 3, 13L, 4, 14L, 5, 15L));
    assertThat(fold.count(ALICE, at(5, 6))).isEqualTo(15);
  }

  @Test
  void shouldKeepTheWindowOfACounterThatGetsNoOtherPut() {
    put("alice", 7, at(0, 5));
    put("bob", 1, at(3, 50));
    passTime(at(3, 50));

    assertThat(windows("alice")).isEqualTo(Map.of(0, 7L));
    assertThat(fold.count(ALICE, at(3, 59))).isZero();
  }

  @Test
  void shouldForgetItWhenItIsKeptNoMore() {
    put("alice", 7, at(0, 5));
    put("alice", 8, at(1, 5));
    passTime(at(5, 30));
    passTime(at(9, 0));

    assertThat(windows("alice")).isEmpty();
    assertThat(fold.keys("bills")).isEmpty();
    assertThat(rows('K')).isZero();
    assertThat(rows('C')).isZero();
  }

  @Test
  void shouldAddALatePutToItsWindowAndSayWhich() {
    put("alice", 5, at(0, 10));
    put("alice", 1, at(2, 10));

    Decision late = put("alice", 2, at(0, 59));
    Decision between = put("alice", 3, at(1, 30));

    assertThat(late.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(late.count()).hasValue(7);
    assertThat(late.details().window()).contains(hour(0));
    assertThat(between.details().window()).contains(hour(1));
    assertThat(windows("alice")).isEqualTo(Map.of(0, 7L, 1, 3L, 2, 1L));
    assertThat(fold.count(ALICE, at(2, 11))).isEqualTo(1);
  }

  @Test
  void shouldTakeTheLastLinesOfAnHourWhoseCounterIsNew() {
    put("bob", 1, at(1, 10));

    Decision late = put("alice", 4, at(0, 59));

    assertThat(late.details().window()).contains(hour(0));
    assertThat(windows("alice")).isEqualTo(Map.of(0, 4L));
    assertThat(fold.namespace("bills").tally().keysAt(at(1, 11).toEpochMilli())).isEqualTo(1);
    put("alice", 1, at(1, 11));
    assertThat(windows("alice")).isEqualTo(Map.of(0, 4L, 1, 1L));
  }

  @Test
  void shouldFindAPutLateThatIsOlderThanWhatIsKept() {
    put("alice", 5, at(0, 10));
    put("alice", 1, at(5, 10));

    assertThat(put("alice", 2, at(1, 59)).outcome()).isEqualTo(Outcome.LATE);
    assertThat(put("alice", 2, at(2, 0)).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(windows("alice")).isEqualTo(Map.of(2, 2L, 5, 1L));
  }

  @Test
  void shouldDecideALatePutByTheLimitOfItsWindow() {
    fold.policy("bills", HOURS.formatted(3).replace("}", ",\"limit\":10}"), START);
    put("alice", 8, at(0, 10));
    put("alice", 10, at(1, 10));

    Decision fits = put("alice", 2, at(0, 20));
    Decision refused = put("alice", 1, at(0, 30));

    assertThat(fits.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.reason()).contains("the limit of 10 would be passed");
    assertThat(refused.retryAfterMillis()).isEmpty();
    assertThat(refused.details().window()).contains(hour(0));
    assertThat(put("alice", -11, at(0, 30)).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(put("alice", -4, at(0, 30)).count()).hasValue(6);
    assertThat(put("alice", -7, at(0, 30)).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(windows("alice")).isEqualTo(Map.of(0, 6L, 1, 10L));
  }

  @Test
  void shouldReleaseFromAWindowThatHasEnded() {
    fold.policy("bills", HOURS.formatted(3).replace("}", ",\"dedupe\":\"1d\"}"), START);
    put("alice", 3, at(0, 1));
    fold.apply(ALICE, new Event.Put(5, Optional.empty(), Optional.of("a")), at(0, 10));
    put("alice", 1, at(1, 10));
    fold.apply(ALICE, new Event.Put(9, Optional.empty(), Optional.of("b")), at(0, 40));

    Decision part = release("a", OptionalLong.of(2), at(1, 20));
    Decision rest = release("a", OptionalLong.empty(), at(1, 30));
    Decision late = release("b", OptionalLong.empty(), at(2, 30));
    Decision none = release("b", OptionalLong.empty(), at(2, 31));

    assertThat(part.details().released()).hasValue(2);
    assertThat(part.details().window()).contains(hour(0));
    assertThat(part.count()).hasValue(15);
    assertThat(rest.details().released()).hasValue(3);
    assertThat(late.details().released()).hasValue(9);
    assertThat(none.details().released()).hasValue(0);
    assertThat(windows("alice")).isEqualTo(Map.of(0, 3L, 1, 1L));
  }

  @Test
  void shouldClaimFromAWindowThatHasEnded() {
    put("{x}a", 1, at(1, 1));
    var claim =
        new Event.Claim(
            List.of(
                Event.Claim.Part.of(CounterName.of("bills", "{x}a"), 4),
                Event.Claim.Part.of(CounterName.of("bills", "{x}b"), 5)),
            Optional.of("c"));

    Decision late = fold.apply(CounterName.of("bills", "{x}a"), claim, at(0, 50));

    assertThat(late.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(windows("{x}a")).isEqualTo(Map.of(0, 4L, 1, 1L));
    assertThat(windows("{x}b")).isEqualTo(Map.of(0, 5L));
    var release = new Event.Release("c", OptionalLong.empty(), Optional.empty());
    fold.apply(CounterName.of("bills", "{x}b"), release, at(1, 2));
    assertThat(windows("{x}a")).isEqualTo(Map.of(0, 0L, 1, 1L));
  }

  @Test
  void shouldForgetAllWindowsOfACounterThatIsReset() {
    put("alice", 1, at(0, 1));
    put("alice", 2, at(1, 1));
    fold.apply(ALICE, new Event.Reset(), at(1, 2));

    assertThat(windows("alice")).isEmpty();
    put("alice", 3, at(1, 3));
    assertThat(windows("alice")).isEqualTo(Map.of(1, 3L));
  }

  @Test
  void shouldForgetAllWindowsOfANamespaceThatIsReset() {
    put("alice", 1, at(0, 1));
    put("alice", 2, at(1, 1));
    fold.policyAndReset("bills", HOURS.formatted(3), at(1, 2));

    assertThat(windows("alice")).isEmpty();
    put("alice", 3, at(1, 3));
    assertThat(windows("alice")).isEqualTo(Map.of(1, 3L));
    fold.tick(at(1, 4));
    passTime(at(1, 5));
    assertThat(rows('K')).isZero();
  }

  @Test
  void shouldNotBringBackWhatALowerKeepHasGivenUp() {
    for (int hour = 0; hour < 4; hour++) {
      put("alice", 10 + hour, at(hour, 5));
    }
    put("bob", 1, at(2, 5));
    fold.policy("bills", HOURS.formatted(1), at(3, 10));
    assertThat(windows("alice")).isEqualTo(Map.of(2, 12L, 3, 13L));
    fold.policy("bills", HOURS.formatted(9), at(3, 20));

    assertThat(windows("alice")).isEqualTo(Map.of(2, 12L, 3, 13L));
    put("alice", 1, at(3, 21));
    assertThat(put("alice", 1, at(1, 30)).outcome()).isEqualTo(Outcome.LATE);
    put("alice", 14, at(4, 5));
    put("alice", 15, at(5, 5));
    assertThat(windows("alice")).isEqualTo(Map.of(2, 12L, 3, 14L, 4, 14L, 5, 15L));
  }

  @Test
  void shouldSweepWhatALowerKeepHasGivenUp() {
    put("alice", 1, at(0, 5));
    put("alice", 2, at(1, 5));
    put("bob", 2, at(0, 5));
    put("carol", 2, at(2, 5));
    fold.policy("bills", HOURS.formatted(0), at(3, 10));
    passTime(at(3, 12));

    assertThat(rows('K')).isZero();
    assertThat(rows('C')).isZero();
  }

  @Test
  void shouldKeepWhatWasCountedBeforeThePeriodChanged() {
    put("alice", 1, at(0, 5));
    put("alice", 2, at(1, 5));
    String days = "{\"kind\":\"window\",\"period\":\"day\",\"keep\":3}";
    fold.policy("bills", days, at(1, 10));
    put("alice", 3, at(2, 5));

    var day = new WindowSpan(START.toEpochMilli(), START.toEpochMilli() + 86_400_000);
    assertThat(spans("alice"))
        .containsExactly(Map.entry(hour(0), 1L), Map.entry(hour(1), 2L), Map.entry(day, 3L));
    assertThat(put("alice", 5, at(0, 30)).details().window()).isEmpty();
    assertThat(spans("alice").get(2).getValue()).isEqualTo(8);
  }

  @Test
  void shouldKeepByThePlanOfACounter() {
    String plans = ",\"plans\":{\"free\":{\"keep\":1},\"pro\":{\"keep\":5}}}";
    fold.policy("bills", HOURS.formatted(3).replace("}", plans), START);
    fold.plan("bills", "free", "free", START);
    fold.plan("bills", "pro", "pro", START);
    for (int hour = 0; hour < 7; hour++) {
      put("alice", 1, at(hour, 5));
      put("free", 1, at(hour, 5));
      put("pro", 1, at(hour, 5));
    }

    assertThat(windows("free").keySet()).containsExactlyInAnyOrder(5, 6);
    assertThat(windows("alice").keySet()).containsExactlyInAnyOrder(3, 4, 5, 6);
    assertThat(windows("pro").keySet()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    assertThat(scan(hour(4))).isEqualTo(Map.of("alice", 1L, "pro", 1L));
    fold.plan("bills", "free", "pro", at(6, 10));
    assertThat(windows("free").keySet()).containsExactlyInAnyOrder(5, 6);
    fold.policy("bills", "pro", "null", OnChange.KEEP, at(6, 11));
    assertThat(windows("pro").keySet()).containsExactlyInAnyOrder(3, 4, 5, 6);
  }

  @Test
  void shouldRefuseAChangeOfKindThatWouldLoseWindows() {
    fold.policy("bills", "alice", HOURS.formatted(5), OnChange.KEEP, START);
    put("alice", 1, at(0, 5));
    fold.tick(at(1, 30));

    Decision lost = fold.policy("bills", "alice", "{\"kind\":\"total\"}", OnChange.KEEP, at(1, 31));
    Decision reset =
        fold.policy("bills", "alice", "{\"kind\":\"total\"}", OnChange.RESET, at(1, 32));

    assertThat(lost.reason())
        .contains("a change of kind from window to total needs onChange reset");
    assertThat(reset.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(windows("alice")).isEmpty();
  }

  @Test
  void shouldFindAllKeysOfAWindowInOrder() {
    for (int key = 0; key < 2500; key++) {
      put("k" + key, key, at(0, 5));
    }
    for (int key = 0; key < 2500; key += 2) {
      put("k" + key, 1, at(1, 5));
    }
    passTime(at(1, 6));

    Map<String, Long> first = scan(hour(0));
    assertThat(first).hasSize(2499 + 1 - 1); // a put of 0 is none
    first.forEach((key, n) -> assertThat(key).isEqualTo("k" + n));
    assertThat(scan(hour(1))).hasSize(1250);
    assertThat(scan(hour(2))).isEmpty();
  }

  @Test
  void shouldWriteAWindowOnceWhenTheNextBegins() {
    put("alice", 1, at(0, 5));
    fold.changelog();
    put("alice", 1, at(0, 6));
    assertThat(kinds(fold.changelog())).doesNotContain("K");
    put("alice", 1, at(1, 6));
    assertThat(kinds(fold.changelog())).contains("K");
    put("alice", 1, at(1, 7));
    assertThat(kinds(fold.changelog())).doesNotContain("K");
  }

  private static List<String> kinds(List<TestRecord<byte[], byte[]>> rows) {
    return rows.stream().map(row -> "" + (char) row.key()[0]).toList();
  }

  private Decision release(String of, OptionalLong n, Instant at) {
    return fold.apply(ALICE, new Event.Release(of, n, Optional.empty()), at);
  }

  private Decision put(String key, long n, Instant at) {
    return fold.put("bills", key, n, at);
  }

  /** Lets time pass, and dead rows go. */
  private void passTime(Instant at) {
    fold.tick(at.plus(Duration.ofMinutes(2)));
    for (int i = 0; i < 20; i++) {
      fold.wallClock(Duration.ofSeconds(1));
    }
    fold.tick(at.plus(Duration.ofMinutes(2)));
  }

  private static Instant at(int hour, int minute) {
    return START.plus(Duration.ofHours(hour).plusMinutes(minute));
  }

  private static WindowSpan hour(int hour) {
    return new WindowSpan(at(hour, 0).toEpochMilli(), at(hour + 1, 0).toEpochMilli());
  }

  private Map<Integer, Long> windows(String key) {
    var windows = new TreeMap<Integer, Long>();
    for (var window : spans(key)) {
      long since = window.getKey().startMillis() - START.toEpochMilli();
      windows.put((int) (since / 3_600_000), window.getValue());
    }
    return windows;
  }

  /** What a reader sees that is kept at the latest time of the log. */
  private List<Map.Entry<WindowSpan, Long>> spans(String key) {
    var now = fold.reader().counterWithWindows(CounterName.of("bills", key));
    long at = fold.reader().clock().nowMillis();
    var spans = new ArrayList<Map.Entry<WindowSpan, Long>>();
    if (now.counting().keeping() != null) {
      long after = Math.max(now.counting().keeping().horizonMillis(at), now.keptFrom());
      now.windows().all().stream()
          .filter(window -> window.span().endMillis() > after)
          .forEach(window -> spans.add(Map.entry(window.span(), window.n())));
    }
    return spans;
  }

  private Map<String, Long> scan(WindowSpan span) {
    var found = new TreeMap<String, Long>();
    long at = fold.reader().clock().nowMillis();
    fold.reader()
        .scanWindow(
            ByteString.utf8("bills"),
            new PartitionReader.KeyRange(ByteString.EMPTY, ByteString.EMPTY),
            new PartitionReader.InWindow(span, at),
            (key, n) -> {
              assertThat(found.put(key.toString(), n)).isNull();
              return true;
            });
    return found;
  }

  private long rows(char kind) {
    var rows = new TreeMap<ByteString, Boolean>();
    changelog.addAll(fold.changelog());
    changelog.forEach(row -> rows.put(ByteString.of(row.key()), row.value() != null));
    return rows.entrySet().stream()
        .filter(row -> row.getValue() && row.getKey().toBytes()[0] == kind)
        .count();
  }

  private final List<TestRecord<byte[], byte[]>> changelog = new ArrayList<>();
}
