package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPage.Entry;
import io.countess.answer.JournalPage.Op;
import io.countess.answer.JournalPlace;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counters that keep what happened to them. */
interface JournalContract extends Contract {
  @Test
  default void shouldTellWhatHappenedToACounter() {
    Counters api = counters("{'kind':'total','journal':'1h'}");
    Decision put = api.as("id-1").put("a", 4);
    Decision set = api.set("a", Long.MIN_VALUE);

    JournalPage page = caller().journal(api.named("a"), Optional.empty(), 100);

    assertThat(page)
        .isEqualTo(
            new JournalPage(
                List.of(
                    entry(set, Op.SET, "4", "-9223372036854775808", Optional.empty()),
                    entry(put, Op.PUT, "0", "4", Optional.of("id-1"))),
                Optional.empty()));
  }

  @Test
  default void shouldTellTheNumbersOfGaugesAndValuesExactly() {
    Counters gauges = counters("{'kind':'gauge','journal':'1h'}");
    Counters values = counters("{'kind':'value','journal':'1h'}");
    gauges.put("a", 0.1);
    gauges.set("a", 1e300);
    values.write("a", "'add':0.00000000000000001");
    values.write("a", "'to':null");

    assertThat(numbers(gauges)).containsExactly("0.1 > 1.0E+300", "0.0 > 0.1");
    assertThat(numbers(values)).containsExactly("1E-17 > -", "- > 1E-17");
  }

  private List<String> numbers(Counters api) {
    return caller().journal(api.named("a"), Optional.empty(), 9).entries().stream()
        .map(it -> shown(it.before()) + " > " + shown(it.after()))
        .toList();
  }

  private static String shown(Optional<BigDecimal> number) {
    return number.map(BigDecimal::toString).orElse("-");
  }

  @Test
  default void shouldTurnThePagesOfAJournal() {
    Counters api = counters("{'kind':'total','journal':'1h'}");
    for (int i = 1; i <= 5; i++) {
      api.put("a", i);
    }

    JournalPage first = caller().journal(api.named("a"), Optional.empty(), 2);
    JournalPage second = caller().journal(api.named("a"), first.next(), 2);
    JournalPage last = caller().journal(api.named("a"), second.next(), 2);

    assertThat(first.entries())
        .extracting(it -> it.after().get().intValue())
        .containsExactly(15, 10);
    assertThat(second.entries())
        .extracting(it -> it.after().get().intValue())
        .containsExactly(6, 3);
    assertThat(last.entries()).extracting(it -> it.after().get().intValue()).containsExactly(1);
    assertThat(last.next()).isEmpty();
  }

  @Test
  default void shouldHaveNoJournalUnlessThePolicySaysSo() {
    Counters api = counters("{'kind':'total'}");
    api.put("a", 1);

    assertThat(caller().journal(api.named("a"), Optional.empty(), 1).entries()).isEmpty();
    assertThatThrownBy(() -> api.keep("{'kind':'expiring','journal':'1h'}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("journal is not for the kind expiring");
  }

  @Test
  default void shouldRefuseAPageOfAJournalThatCannotBe() {
    Counters api = counters("{'kind':'total','journal':'1h'}");
    JournalPlace place = place(api.put("a", 1));
    var elsewhere = new JournalPlace(place.partition() + 1, place.offset());

    assertThatThrownBy(() -> caller().journal(api.named("a"), Optional.empty(), 1001))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("limit is 1001; it must be from 1 to 1000");
    assertThatThrownBy(() -> caller().journal(api.named("a"), Optional.of(elsewhere), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("before is in partition " + elsewhere.partition());
  }

  private static Entry entry(
      Decision decision, Op op, String before, String after, Optional<String> id) {
    return new Entry(
        place(decision),
        decision.atMillis(),
        op,
        Optional.of(new BigDecimal(before)),
        Optional.of(new BigDecimal(after)),
        id,
        Optional.empty());
  }

  private static JournalPlace place(Decision decision) {
    Position position = decision.position().orElseThrow();
    int partition = position.offsets().firstKey();
    return new JournalPlace(partition, position.offset(partition).orElseThrow());
  }
}
