package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPage.Entry;
import io.countess.answer.JournalPlace;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.codec.EventCodec;
import io.countess.store.RestoredStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A counter whose policy has a journal keeps what happened to it. */
class JournalTest {
  private static final String TOTAL = "{'kind':'total','initial':3,'max':99,'journal':'60s'}";
  private static final int ALL = 1000;

  private final FoldFixture fold = FoldFixture.inMemory();
  private final List<TestRecord<byte[], byte[]>> changelog = new ArrayList<>();

  @BeforeEach
  void keepAJournal() {
    policy(TOTAL, 0);
  }

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldTellWhatHappenedToATotalTheNewestFirst() {
    apply("a", "{'n':4,'id':'first'}", 1);
    apply("a", "{'op':'set','value':-9}", 2);
    apply("a", "{'op':'reset','id':'r'}", 3);

    assertThat(entries("a"))
        .containsExactly("0@3 reset -9 > 3 r", "0@2 set 7 > -9", "0@1 put 3 > 7 first");
    assertThat(page("a", null, ALL).entries())
        .extracting(Entry::atMillis)
        .containsExactly(millis(3), millis(2), millis(1));
  }

  @Test
  void shouldTellGaugesWithTheirFractions() {
    policy("{'kind':'gauge','journal':'60s'}", 1);
    apply("a", "{'n':0.1}", 2);
    apply("a", "{'n':0.2}", 2);
    apply("a", "{'op':'set','value':-1e300}", 2);

    assertThat(entries("a"))
        .containsExactly(
            "0@4 set 0.30000000000000004 > -1.0E+300",
            "0@3 put 0.1 > 0.30000000000000004",
            "0@2 put 0.0 > 0.1");
    Entry newest = page("a", null, 1).entries().get(0);
    assertThat(newest.before().map(BigDecimal::doubleValue)).contains(0.1 + 0.2);
  }

  @Test
  void shouldTellValuesExactlyAndWhereThereIsNone() {
    fold.policyAndReset("n", "{\"kind\":\"value\",\"journal\":\"60s\"}", at(1));
    apply("a", "{'op':'write','add':123456789012345678901.25,'ttl':'10s'}", 2);
    apply("a", "{'op':'write','ttl':'5s'}", 3);
    apply("a", "{'n':7}", 9);
    apply("a", "{'op':'write','to':null,'id':'gone'}", 9);
    apply("a", "{'op':'write','to':null}", 10);

    assertThat(entries("a"))
        .containsExactly(
            "0@6 write - > -",
            "0@5 write 7 > - gone",
            "0@4 put - > 7",
            "0@3 write 123456789012345678901.25 > 123456789012345678901.25",
            "0@2 write - > 123456789012345678901.25");
  }

  @Test
  void shouldTellThePartsOfAClaimAndOfItsRelease() {
    fold.policy("plain", "{\"kind\":\"total\"}", START);
    apply(
        "{x}a",
        "{'op':'claim','id':'c','counters':[{'namespace':'n','key':'{x}a','n':2},"
            + "{'namespace':'n','key':'{x}b','n':-3},{'namespace':'plain','key':'{x}c','n':1}]}",
        1);
    apply("{x}b", "{'op':'release','of':'c','id':'back'}", 2);

    assertThat(entries("{x}a")).containsExactly("0@3 release 5 > 3 back", "0@2 claim 3 > 5 c");
    assertThat(entries("{x}b")).containsExactly("0@3 release 0 > 3 back", "0@2 claim 3 > 0 c");
    assertThat(fold.reader().journal(CounterName.of("plain", "{x}c"), Optional.empty(), ALL))
        .isEqualTo(new JournalPage(List.of(), Optional.empty()));
  }

  @Test
  void shouldTellEachEventOfABatchThatWasCarriedOut() {
    apply(
        "{x}a",
        "{'op':'batch','id':'b','note':'moved','events':["
            + "{'namespace':'n','key':'{x}a','n':1},"
            + "{'namespace':'n','key':'{x}b','op':'set','value':9},"
            + "{'namespace':'n','key':'{x}a','n':1000},"
            + "{'namespace':'n','key':'{x}a','op':'reset'},"
            + "{'namespace':'n','key':'{x}a','n':5}]}",
        1);

    assertThat(entries("{x}a"))
        .containsExactly(
            "0@1.2 put 3 > 8 b (moved)", "0@1.1 reset 4 > 3 b (moved)", "0@1 put 3 > 4 b (moved)");
    assertThat(entries("{x}b")).containsExactly("0@1 set 3 > 9 b (moved)");
    JournalPage first = page("{x}a", null, 1);
    JournalPage rest = page("{x}a", first.next().orElseThrow(), 9);
    assertThat(rest.entries()).extracting(it -> it.place().part()).containsExactly(1, 0);
  }

  @Test
  void shouldTellTheEventsOfABatchThatStandTogether() {
    String batch =
        "{'op':'batch','together':true,'note':'n','events':["
            + "{'namespace':'n','key':'{x}a','n':-3,'policy':"
            + "{'kind':'total','initial':5,'journal':'60s'}},"
            + "{'namespace':'n','key':'{x}b','n':%d}]}";
    apply("{x}a", batch.formatted(1000), 1);
    assertThat(entries("{x}a")).isEmpty();

    apply("{x}a", batch.formatted(3), 2);

    assertThat(entries("{x}a")).containsExactly("0@2 put 5 > 2 (n)");
    assertThat(entries("{x}b")).containsExactly("0@2 put 3 > 6 (n)");
  }

  @Test
  void shouldTellWhatWasAcceptedAndChangedNothing() {
    apply("a", "{'n':0}", 1);
    apply("a", "{'op':'set','value':5,'if':'absent'}", 1);
    apply("a", "{'op':'set','value':6,'if':'absent'}", 1);

    assertThat(entries("a")).containsExactly("0@3 set 5 > 5", "0@2 set 3 > 5", "0@1 put 3 > 3");
  }

  @Test
  void shouldNotTellWhatWasRefusedOrIsRepeated() {
    apply("a", "{'n':4,'id':'x'}", 1);

    assertThat(apply("a", "{'n':4,'id':'x'}", 2).details().replayed()).isTrue();
    assertThat(apply("a", "{'n':5,'id':'x'}", 2).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(apply("a", "{'n':93}", 2).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(apply("a", "{'n':0.5}", 2).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(apply("a", "{'op':'release','of':'y'}", 2).outcome()).isEqualTo(Outcome.IMPOSSIBLE);

    assertThat(entries("a")).containsExactly("0@1 put 3 > 7 x");
  }

  @Test
  void shouldTellWhatAPolicyThatObservesLetsPass() {
    policy(TOTAL.replace("}", ",'mode':'observe'}"), 1);
    apply("a", "{'n':200}", 2);

    assertThat(entries("a")).containsExactly("0@2 put 3 > 203");
  }

  @Test
  void shouldHideAnEntryAtItsEndAndRemoveItLater() {
    fold.stamped("n", "a", Event.Put.of(1));
    fold.machine.pass(Duration.ofMillis(59_999));
    assertThat(entries("a")).hasSize(1);
    fold.machine.pass(Duration.ofMillis(1));
    assertThat(entries("a")).isEmpty();
    assertThat(rows()).isEqualTo(1);

    fold.machine.pass(Duration.ofSeconds(100));
    fold.stamped("other", "k", Event.Put.of(1));
    fold.wallClock(Duration.ofSeconds(1));
    fold.stamped("other", "k", Event.Put.of(1));

    assertThat(rows()).isZero();
  }

  /** What was set forward has not passed: nothing is lost by a wrong clock. */
  @Test
  void shouldKeepAnEntryWhileItsTimeHasNotPassed() {
    fold.stamped("n", "a", Event.Put.of(1));
    fold.machine.step(Duration.ofDays(9));
    fold.stamped("n", "a", Event.Put.of(2));

    assertThat(entries("a")).containsExactly("0@2 put 4 > 6", "0@1 put 3 > 4");
  }

  @Test
  void shouldMakeTimePassForAnEntryThatWaits() {
    apply("a", "{'n':1}", 0);
    fold.wallClock(Duration.ofMinutes(5));

    assertThat(fold.forwarder.sent).isNotEmpty();
  }

  @Test
  void shouldOutliveTheResetOfItsNamespace() {
    apply("a", "{'n':1}", 1);
    fold.policyAndReset("n", TOTAL.replace('\'', '"'), at(2));
    apply("a", "{'n':2}", 3);
    fold.wallClock(Duration.ofSeconds(1));

    assertThat(entries("a")).containsExactly("0@3 put 3 > 5", "0@1 put 3 > 4");
  }

  @Test
  void shouldKeepEachEntryForAsLongAsItWasToldThen() {
    fold.stamped("n", "a", Event.Put.of(1));
    policy(TOTAL.replace("60s", "90s"), 0);
    fold.stamped("n", "a", Event.Put.of(2));
    policy("{'kind':'total'}", 0);
    fold.stamped("n", "a", Event.Put.of(4));

    assertThat(entries("a")).containsExactly("0@3 put 4 > 6", "0@1 put 3 > 4");
    fold.machine.pass(Duration.ofMinutes(1));
    assertThat(entries("a")).containsExactly("0@3 put 4 > 6");
    fold.machine.pass(Duration.ofSeconds(30));
    assertThat(entries("a")).isEmpty();
  }

  @Test
  void shouldKeepAJournalByThePolicyOfACounter() {
    policy("{'kind':'total','plans':{'told':{'journal':'60s'}}}", 1);
    fold.plan("n", "a", "told", at(1));
    fold.policy("n", "b", "{\"kind\":\"gauge\",\"journal\":\"60s\"}", OnChange.RESET, at(1));
    apply("a", "{'n':1}", 2);
    apply("b", "{'n':1.5}", 2);
    apply("c", "{'n':1}", 2);
    apply("d", "{'n':1,'policy':{'kind':'total','journal':'60s'}}", 2);

    assertThat(entries("a")).containsExactly("0@4 put 0 > 1");
    assertThat(entries("b")).containsExactly("0@5 put 0.0 > 1.5");
    assertThat(entries("c")).isEmpty();
    assertThat(entries("d")).containsExactly("0@7 put 0 > 1");
  }

  @Test
  void shouldComeBackFromTheChangelog() {
    apply("a", "{'n':1,'id':'x'}", 0);
    apply("a", "{'op':'reset'}", 1);
    JournalPage before = page("a", null, ALL);

    try (var restored = FoldFixture.over(new RestoredStore(fold.changelog()))) {
      assertThat(restored.store().state().addsUp()).isTrue();
      assertThat(restored.reader().journal(CounterName.of("n", "a"), Optional.empty(), ALL))
          .isEqualTo(before);
      for (int i = 0; i < 3; i++) {
        restored.put("n", "skipped", 0, START); // as far as it had folded
      }
      restored.put("n", "a", 5, at(2));
      assertThat(offsets(restored.reader().journal(CounterName.of("n", "a"), Optional.empty(), 1)))
          .containsExactly(3L);
      restored.tick(at(300));
      restored.wallClock(Duration.ofSeconds(1));
      restored.tick(at(301));
      assertThat(restored.store().state().addsUp()).isTrue();
      assertThat(restored.store().state().isExpiryDue()).isFalse();
    }
  }

  @Test
  void shouldWriteNothingForCountersWithoutOne() {
    policy("{'kind':'total'}", 1);
    fold.changelog();
    apply("a", "{'n':1}", 2);

    assertThat(fold.changelog()).noneMatch(row -> row.key()[0] == 'J' || row.key()[0] == 'W');
  }

  private Decision apply(String key, String event, int second) {
    return fold.apply("n", key, EventCodec.decode(utf8(event.replace('\'', '"'))), at(second));
  }

  private void policy(String policy, int second) {
    fold.policy("n", policy.replace('\'', '"'), at(second));
  }

  private List<String> entries(String key) {
    return page(key, null, ALL).entries().stream().map(JournalTest::shown).toList();
  }

  private JournalPage page(String key, JournalPlace before, int limit) {
    return fold.reader().journal(CounterName.of("n", key), Optional.ofNullable(before), limit);
  }

  private static List<Long> offsets(JournalPage page) {
    return page.entries().stream().map(entry -> entry.place().offset()).toList();
  }

  private static String shown(Entry entry) {
    return entry.place()
        + " "
        + entry.op().text()
        + " "
        + entry.before().map(BigDecimal::toString).orElse("-")
        + " > "
        + entry.after().map(BigDecimal::toString).orElse("-")
        + entry.id().map(id -> " " + id).orElse("")
        + entry.note().map(note -> " (" + note + ")").orElse("");
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static long millis(int second) {
    return at(second).toEpochMilli();
  }

  /** How many rows journals have in the store. */
  private long rows() {
    changelog.addAll(fold.changelog());
    var rows = new TreeMap<ByteString, Boolean>();
    changelog.forEach(row -> rows.put(ByteString.of(row.key()), row.value() != null));
    return rows.entrySet().stream()
        .filter(row -> row.getValue() && row.getKey().toBytes()[0] == 'J')
        .count();
  }
}
