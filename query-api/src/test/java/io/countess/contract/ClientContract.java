package io.countess.contract;

import static io.countess.contract.Contract.race;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.client.Claimed;
import io.countess.client.Counts;
import io.countess.client.LoadSummary;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
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
