package io.countess.contract;

import static io.countess.contract.Contract.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.client.Page;
import io.countess.event.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Namespaces, and what their counters come to together. */
interface TotalsContract extends Contract {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring','ttl':'5m'}|120|false",
        "{'kind':'leaky','rate':'1/d'}|0|true",
        "{'kind':'window','period':'year'}|120|false",
        "{'kind':'total'}|120|false",
        "{'kind':'gauge'}|0|false",
      })
  default void shouldSumUpANamespace(String policy, long sum, boolean approximate) {
    Counters counters = counters(policy);
    for (int i = 0; i < 16; i++) {
      counters.put("key%d".formatted(i), i);
    }

    Totals totals = counters.view().totals();

    assertThat(totals.keys()).isEqualTo(15);
    assertThat(totals.approximate()).isEqualTo(approximate);
    assertThat(totals.count()).isEqualTo(sum);
  }

  @Test
  default void shouldNotSumUpWhatHasEnded() {
    Counters logins = counters("{'kind':'expiring','ttl':'5s'}");
    logins.at(start()).put("a", 3);
    logins.at(start()).put("b", 4, Duration.ofMinutes(5));

    assertThat(logins.view().totals()).isEqualTo(new Totals(4, 1, false));
    assertThat(logins.keys().keys()).containsExactly(new KeyPage.Entry(ByteString.utf8("b"), 4));
  }

  @Test
  default void shouldMarkASumThat64BitsDoNotHold() {
    Counters stock = counters("{'kind':'total'}");
    stock.put("a", Long.MAX_VALUE);
    assertThat(stock.view().totals()).isEqualTo(new Totals(Long.MAX_VALUE, 1, false));

    stock.put("b", Long.MAX_VALUE - 1);

    assertThat(stock.view().totals()).isEqualTo(new Totals(Long.MAX_VALUE, 2, false, true));
    assertThat(caller().totals().saturated()).isTrue();

    stock.reset("a");

    var exact = new Totals(Long.MAX_VALUE - 1, 1, false);
    assertThat(stock.view().totals()).as("nothing is lost").isEqualTo(exact);
    stock.reset("b");
  }

  @Test
  default void shouldSumUpEverything() {
    Counters stock = counters("{'kind':'total'}");
    Totals before = caller().totals();

    for (int i = 0; i < 8; i++) {
      stock.put("key" + i, 1_000_000_000);
    }

    Totals after = caller().totals();
    assertThat(after.count() - before.count())
        .as("but for what has ended meanwhile")
        .isCloseTo(8_000_000_000L, within(1_000_000L));
  }

  @Test
  default void shouldListNamespacesThatHaveAPolicyOrKeys() {
    Counters withPolicy = counters("{'kind':'window','period':'day'}");
    Counters withKeys = counters();
    withKeys.put("a", 5);
    Counters asked = counters();
    asked.count("a");

    List<NamespaceView> found = new ArrayList<>();
    Optional<Page> page = Optional.of(Page.first(3));
    while (page.isPresent()) {
      NamespacePage namespaces = caller().namespaces(page.get());
      found.addAll(namespaces.namespaces());
      page = namespaces.next().map(next -> Page.first(3).from(next));
    }

    assertThat(found).extracting(NamespaceView::namespace).isSorted().doesNotHaveDuplicates();
    assertThat(found).extracting(NamespaceView::namespace).doesNotContain(asked.namespace());
    assertThat(found)
        .filteredOn("namespace", withPolicy.namespace())
        .singleElement()
        .returns(withPolicy.view().policy(), NamespaceView::policy);
    assertThat(found)
        .filteredOn("namespace", withKeys.namespace())
        .singleElement()
        .returns(new Totals(5, 1, false), NamespaceView::totals);
  }
}
