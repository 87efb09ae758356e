package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.KeyPage;
import io.countess.client.Page;
import io.countess.event.CountRange;
import io.countess.event.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many keys at once: in order, and by rank. */
interface ListingContract extends Contract {
  @Test
  default void shouldListKeysInOrderWithTheirCounts() {
    Counters stock = counters("{'kind':'total'}");
    for (String key : List.of("b", "a", "c1", "C", "c", "\u00e4")) {
      stock.put(key, key.length());
    }
    stock.put("gone", 1);
    stock.reset("gone");

    assertThat(stock.keys().keys())
        .extracting(it -> it.key() + "=" + it.count())
        .containsExactly("C=1", "a=1", "b=1", "c=1", "c1=2", "\u00e4=1");
    assertThat(stock.keys().next()).isEmpty();
  }

  @Test
  default void shouldListGaugesByTheirFractions() {
    Counters celsius = counters("{'kind':'gauge'}");
    celsius.set("hall", 21.5);
    celsius.set("roof", -1.25);

    assertThat(celsius.keys().keys())
        .extracting(it -> it.gauge().getAsDouble())
        .containsExactly(21.5, -1.25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.*|10.0.1 10.0.12 10.0.2",
        "10.0.?|10.0.1 10.0.2",
        "10.[^0].*|10.1.1",
        "*1|10.0.1 10.1.1",
        "10.0.1|10.0.1",
        "\\*|*",
        "11*|''",
      })
  default void shouldListWhatMatches(String glob, String keys) {
    Counters hosts = counters("{'kind':'total'}");
    for (String key : List.of("10.0.1", "10.0.12", "10.0.2", "10.1.1", "*")) {
      hosts.put(key, 1);
    }

    var found = caller().keys(hosts.namespace(), Optional.of(glob), Page.first(10));

    assertThat(String.join(" ", found.keys().stream().map(it -> "" + it.key()).toList()))
        .isEqualTo(keys);
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "30", "1000"})
  default void shouldListAllInPagesOfAnySize(int size) {
    Counters stock = counters("{'kind':'total'}");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String key = "key%02d".formatted(i);
      stock.put(key, i + 1);
      expected.add(key + "=" + (i + 1));
    }

    List<String> found = new ArrayList<>();
    Optional<Page> page = Optional.of(Page.first(size));
    while (page.isPresent()) {
      KeyPage keys = caller().keys(stock.namespace(), Optional.empty(), page.get());
      assertThat(keys.keys()).hasSizeLessThanOrEqualTo(size);
      keys.keys().forEach(it -> found.add(it.key() + "=" + it.count()));
      page = keys.next().map(next -> Page.first(size).from(next));
    }

    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "7", "1000"})
  default void shouldFillPagesWithKeysWhoseCountsLieInARange(int size) {
    Counters stock = counters("{'kind':'total'}");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int count = i * 7 % 60;
      stock.put("key%02d".formatted(i), count);
      if (count >= 20 && count <= 29) {
        expected.add("key%02d=%d".formatted(i, count));
      }
    }
    var range = Optional.of(CountRange.between(20, 29));

    List<String> found = new ArrayList<>();
    Optional<Page> page = Optional.of(Page.first(size));
    while (page.isPresent()) {
      KeyPage keys = caller().keys(stock.namespace(), Optional.empty(), range, page.get());
      boolean isFull = keys.keys().size() == size;
      assertThat(isFull || keys.next().isEmpty()).as("%s", keys).isTrue();
      keys.keys().forEach(it -> found.add(it.key() + "=" + it.count()));
      page = keys.next().map(next -> Page.first(size).from(next));
    }

    assertThat(found).isEqualTo(expected);
    assertThat(
            caller().keys(stock.namespace(), Optional.of("key?0"), range, Page.first(size)).keys())
        .extracting(it -> it.key() + "=" + it.count())
        .containsExactly("key20=20");
  }

  @Test
  default void shouldTellTheHighestCountsWithinARange() {
    Counters stock = counters("{'kind':'total'}");
    for (int i = 1; i <= 30; i++) {
      stock.put("key%02d".formatted(i), i);
    }

    assertThat(top(stock, 2, CountRange.atMost(12))).containsExactly("key12=12", "key11=11");
    assertThat(top(stock, 9, CountRange.atLeast(29))).containsExactly("key30=30", "key29=29");
    assertThat(top(stock, 9, CountRange.between(7, 7))).containsExactly("key07=7");
    assertThat(top(stock, 9, CountRange.atLeast(31))).isEmpty();
  }

  @Test
  default void shouldCompareGaugesAsTheyAreShown() {
    Counters celsius = counters("{'kind':'gauge'}");
    celsius.set("a", 0.1);
    celsius.set("b", 0.3);
    celsius.set("c", -0.1);
    var range = CountRange.parse(Optional.of("-0.1"), Optional.of("0.1"));

    var page = Page.first(9);
    assertThat(caller().keys(celsius.namespace(), Optional.empty(), range, page).keys())
        .extracting(KeyPage.Entry::key)
        .hasToString("[a, c]");
    assertThat(caller().top(celsius.namespace(), 9, range).keys())
        .extracting(KeyPage.Entry::key)
        .hasToString("[a, c]");
  }

  private List<String> top(Counters counters, int k, CountRange range) {
    return caller().top(counters.namespace(), k, Optional.of(range)).keys().stream()
        .map(it -> it.key() + "=" + it.count())
        .toList();
  }

  @Test
  default void shouldTellTheHighestCountsExactly() {
    Counters stock = counters("{'kind':'total'}");
    Position last = Position.NONE;
    for (int i = 0; i < 60; i++) {
      last = last.and(stock.log("key%02d".formatted(i), i * 7 % 60));
    }
    last = last.and(stock.log("tie", 59));

    KeyPage top = caller().including(last).top(stock.namespace(), 4);

    assertThat(top.keys())
        .extracting(it -> it.key() + "=" + it.count())
        .containsExactly("key17=59", "tie=59", "key34=58", "key51=57");
    assertThat(caller().top(stock.namespace(), 1000).keys())
        .as("0 changes nothing, so that key does not exist")
        .hasSize(60)
        .isSortedAccordingTo((a, b) -> Long.compare(b.count(), a.count()));
  }

  @Test
  default void shouldRankGaugesByTheirFractions() {
    Counters celsius = counters("{'kind':'gauge'}");
    celsius.set("a", -0.75);
    celsius.set("b", 0.25);
    celsius.set("c", -0.25);
    celsius.set("d", 0.5);

    assertThat(caller().top(celsius.namespace(), 3).keys())
        .extracting(KeyPage.Entry::key)
        .hasToString("[d, b, c]");
  }
}
