package io.countess.contract;

import static io.countess.contract.Contract.race;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.client.Claimed;
import io.countess.client.Counts;
import io.countess.client.LoadOptions;
import io.countess.client.LoadSummary;
import io.countess.client.NotGrantedException;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.event.WindowName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Java client can do over HTTP besides what every caller can. */
interface ClientContract extends CountingContract {
  /** A new client, as in another process, to ask about this counter. */
  Counts open(CounterName about);

  @Test
  default void shouldGiveBackAClaimByTheIdThatItWasGiven() {
    Counters seats = counters("{'kind':'total','limit':5}");
    try (Counts counts = open(seats.named("a"))) {
      Claimed claimed = counts.claims().claim(seats.named("a"), 4);
      assertThat(claimed.isGranted()).isTrue();
      assertThat(counts.claims().claim(seats.named("a"), 2).isGranted()).isFalse();

      counts.claims().release(seats.named("a"), claimed.id(), 1);

      assertThat(counts.claims().claim(seats.named("a"), 2).isGranted()).isTrue();
      assertThat(counts.claims().release(seats.named("a"), claimed.id()).count()).hasValue(2);
    }
  }

  @Test
  default void shouldGiveBackWhatAWorkWasClaimedForThatFails() {
    Counters seats = counters("{'kind':'total','limit':5}");
    CounterName counter = seats.named("a");
    try (Counts counts = open(counter)) {
      counts.claims().claim(counter, 1).orGiveBack(() -> "done");
      Claimed claimed = counts.claims().claim(counter, 4);
      assertThatThrownBy(() -> claimed.orGiveBack(() -> Integer.parseInt("x")))
          .isInstanceOf(NumberFormatException.class)
          .hasNoSuppressedExceptions();
      assertThat(seats.count("a")).isEqualTo(1);
      assertThat(counts.claims().claim(counter, 4).isGranted()).isTrue();
      Claimed refused = counts.claims().claim(counter, 1);
      assertThatThrownBy(() -> refused.orGiveBack(() -> "never"))
          .isInstanceOf(NotGrantedException.class)
          .hasMessage("refused: the limit of 5 would be passed");
    }
  }

  @Test
  default void shouldStartFromTheUsageSoFarOnceHoweverManyClaimAtOnce() {
    Counters seats = counters("{'kind':'total','limit':50}");
    CounterName counter = seats.named("a");
    var asked = new AtomicInteger();
    LongSupplier usage =
        () -> {
          asked.incrementAndGet();
          return 40;
        };
    List<Counts> processes = Stream.generate(() -> open(counter)).limit(3).toList();

    List<Claimed> claims = race(18, i -> processes.get(i % 3).claims().claim(counter, 1, usage));

    assertThat(claims).filteredOn(Claimed::isGranted).hasSize(10);
    assertThat(seats.count("a")).isEqualTo(50);
    assertThat(asked).as("by each process at most once").hasValueBetween(1, 3);
    processes.forEach(Counts::close);
  }

  @Test
  default void shouldStartEachCounterOfAClaimFromItsUsageSoFar() {
    Counters seats = counters("{'kind':'total','limit':50}");
    CounterName one = seats.named("{7}a");
    CounterName other = seats.named("{7}b");
    seats.put("{7}a", 1);
    Map<CounterName, Long> usage = Map.of(one, 40L, other, 30L);
    var parts = List.of(Event.Claim.Part.of(one, 2), Event.Claim.Part.of(other, 2));
    try (Counts counts = open(one)) {
      var claim = new Event.Claim(parts, Optional.empty());

      assertThat(counts.claims().claim(claim, usage::get).isGranted()).isTrue();
    }
    assertThat(seats.count("{7}a")).as("it existed").isEqualTo(3);
    assertThat(seats.count("{7}b")).isEqualTo(32);
  }

  @Test
  default void shouldClaimNothingWhereTheUsageSoFarCannotBeSet() {
    Counters calls = counters("{'kind':'window','period':'year','limit':5}");
    try (Counts counts = open(calls.named("a"))) {
      Claimed claimed = counts.claims().claim(calls.named("a"), 1, () -> 2);

      assertThat(claimed.isGranted()).isFalse();
      assertThat(claimed.decision().outcome()).isEqualTo(IMPOSSIBLE);
    }
    assertThat(calls.counted("a").exists()).isFalse();
  }

  @Test
  default void shouldLoadManyEventsOnceUnderTheirId() {
    Counters stock = counters("{'kind':'total'}");
    var lines = new StringBuilder("{\"namespace\":\"%s\"}\n".formatted(stock.namespace()));
    for (int i = 0; i < 600; i++) {
      lines.append(
          "{\"namespace\":\"%s\",\"key\":\"%d\",\"n\":%d}\n"
              .formatted(stock.namespace(), i % 20, i % 3 + 1));
    }
    try (Counts counts = open(stock.named("0"))) {
      Position once = load(counts, lines);
      assertThat(stock.including(once).view().totals().count()).isEqualTo(1200);

      Position again = load(counts, lines);

      assertThat(stock.including(again).view().totals().count()).isEqualTo(1200);
      assertThat(stock.keys().keys()).hasSize(20);
    }
  }

  @Test
  default void shouldTellWhatBecameOfTheLinesOfALoad() {
    Counters calls = counters("{'kind':'expiring','ttl':'1h','limit':5,'maxIds':1}");
    Counters seen = counters("{'kind':'expiring','ttl':'1h','limit':5,'mode':'observe'}");
    long before = Instant.now().minus(Duration.ofHours(3)).toEpochMilli();
    String lines =
        line(calls, "a", "\"n\":5")
            + line(calls, "a", "\"n\":1")
            + line(seen, "a", "\"n\":6")
            + line(calls, "b", "\"n\":6")
            + line(calls, "c", "\"at\":" + before)
            + line(calls, "d", "\"id\":\"x\"")
            + line(calls, "d", "\"id\":\"x\"")
            + line(calls, "d", "\"id\":\"x\",\"n\":2")
            + line(calls, "d", "\"id\":\"y\"")
            + "nonsense\n"
            + line(calls, "d", "\"n\":1.5");
    var listed = new ArrayList<LineResult>();
    try (Counts counts = open(calls.named("a"))) {
      var in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));

      LoadSummary loaded = counts.load(in, LoadOptions.APPLIED.listing(listed::add));

      assertThat(loaded.logged()).isEqualTo(10);
      assertThat(loaded.rejected()).isEqualTo(1);
      assertThat(loaded.outcomes().orElseThrow().counts())
          .containsAllEntriesOf(
              Map.of(
                  LineOutcome.ACCEPTED, 2L,
                  LineOutcome.REFUSED, 1L,
                  LineOutcome.WOULD_REFUSE, 1L,
                  LineOutcome.IMPOSSIBLE, 2L,
                  LineOutcome.LATE, 1L,
                  LineOutcome.REPLAYED, 1L,
                  LineOutcome.CONFLICT, 1L,
                  LineOutcome.OVER_IDS, 1L));
      assertThat(loaded.outcomes().orElseThrow().count(LineOutcome.UNKNOWN)).isZero();
      assertThat(loaded.outcomes().orElseThrow().first())
          .extracting(LineResult::line)
          .containsExactly(2L, 3L, 4L, 5L, 7L, 8L, 9L);
      assertThat(listed)
          .extracting(LineResult::line)
          .containsExactly(2L, 3L, 4L, 5L, 8L, 9L, 10L, 11L);
      assertThat(listed.get(0).counter()).contains(calls.named("a"));
      assertThat(listed.get(0).reason()).contains("the limit of 5 is reached");
    }
    assertThat(calls.count("a")).isEqualTo(5);
    assertThat(calls.count("d")).isEqualTo(1);
  }

  private static String line(Counters in, String key, String fields) {
    return "{\"namespace\":\"%s\",\"key\":\"%s\",%s}\n".formatted(in.namespace(), key, fields);
  }

  @Test
  default void shouldSayOfALoadThatIsRepeatedThatAllOfItIs() {
    Counters stock = counters("{'kind':'total'}");
    var lines = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      lines.append(line(stock, Integer.toString(i % 50), "\"n\":2"));
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    var options = LoadOptions.APPLIED.under("again");
    try (Counts counts = open(stock.named("0"))) {
      var first = counts.load(new ByteArrayInputStream(bytes), options).outcomes().orElseThrow();
      var again = counts.load(new ByteArrayInputStream(bytes), options).outcomes().orElseThrow();

      assertThat(first.count(LineOutcome.ACCEPTED)).isEqualTo(3000);
      assertThat(again.count(LineOutcome.REPLAYED)).isEqualTo(3000);
      assertThat(again.first()).singleElement().returns(1L, LineResult::line);
    }
    assertThat(stock.count("7")).isEqualTo(120);
    assertThat(stock.view().totals().count()).isEqualTo(6000);
  }

  /** A year is more than the log takes as a timestamp; the load can be repeated all the same. */
  @Test
  default void shouldLoadEventsOfAnyAgeAsOfTheirLog() {
    Counters stock = counters("{'kind':'total'}");
    Counters calls = counters("{'kind':'expiring','ttl':'1h'}");
    long lastYear = Instant.now().minus(Duration.ofDays(370)).toEpochMilli();
    String lines =
        line(stock, "a", "\"n\":5,\"at\":" + lastYear)
            + line(calls, "a", "\"at\":" + lastYear)
            + line(stock, "a", "\"n\":1");
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    try (Counts counts = open(stock.named("a"))) {
      var refused = counts.load(new ByteArrayInputStream(bytes), LoadOptions.APPLIED);
      assertThat(refused.rejected()).isEqualTo(2);
      assertThat(refused.errors().get(0).reason()).contains("more than 6 days ago");
      assertThat(stock.count("a")).isEqualTo(1);

      var options = LoadOptions.APPLIED.ofAnyAge().under("last-year");
      var first = counts.load(new ByteArrayInputStream(bytes), options).outcomes().orElseThrow();
      var again = counts.load(new ByteArrayInputStream(bytes), options).outcomes().orElseThrow();

      assertThat(first.counts())
          .containsAllEntriesOf(Map.of(LineOutcome.ACCEPTED, 2L, LineOutcome.LATE, 1L));
      assertThat(again.counts())
          .containsAllEntriesOf(Map.of(LineOutcome.REPLAYED, 2L, LineOutcome.LATE, 1L));
    }
    assertThat(stock.count("a")).isEqualTo(7);
  }

  /** The last months of a customer who comes from another system. */
  @Test
  default void shouldLoadOldEventsIntoTheWindowsThatAreKept() {
    Counters bills = counters("{'kind':'window','period':'month','keep':12,'limit':9}");
    YearMonth now = YearMonth.now(ZoneOffset.UTC);
    var lines = new StringBuilder();
    for (int ago = 13; ago >= 0; ago--) {
      Instant first = now.minusMonths(ago).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      lines.append(line(bills, "a", "\"n\":%d,\"at\":%d".formatted(ago % 9, first.toEpochMilli())));
    }
    lines.append(line(bills, "a", "\"n\":9,\"at\":" + millis(now.minusMonths(2))));
    try (Counts counts = open(bills.named("a"))) {
      var in = new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
      var outcomes = counts.load(in, LoadOptions.APPLIED.ofAnyAge()).outcomes().orElseThrow();

      assertThat(outcomes.counts())
          .containsAllEntriesOf(
              Map.of(LineOutcome.ACCEPTED, 13L, LineOutcome.LATE, 1L, LineOutcome.REFUSED, 1L));
      for (int ago = 12; ago >= 0; ago--) {
        var window = WindowName.parse(now.minusMonths(ago).toString());
        var count = counts.windows().count(bills.named("a"), window).value();
        assertThat(count.count()).as("%s", window).isEqualTo(ago % 9);
      }
    }
  }

  private static long millis(YearMonth month) {
    return month.atDay(15).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static Position load(Counts counts, CharSequence lines) {
    var in = new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
    LoadSummary loaded = counts.load(in, Optional.of("load-1"), soFar -> {});
    assertThat(loaded.logged()).isEqualTo(600);
    assertThat(loaded.errors())
        .singleElement()
        .returns(1L, LoadSummary.Rejection::line)
        .returns("key is missing", LoadSummary.Rejection::reason);
    return loaded.position();
  }
}
