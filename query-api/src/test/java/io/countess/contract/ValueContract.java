package io.countess.contract;

import static io.countess.contract.Contract.race;
import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.KeyPage;
import io.countess.event.Decision;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Numbers that are there or not, and end. */
interface ValueContract extends Contract {
  String VALUE = "{'kind':'value'}";

  private static Optional<Held> held(String number, Instant end) {
    return Optional.of(new Held(new BigDecimal(number), OptionalLong.of(end.toEpochMilli())));
  }

  private static Optional<Held> held(String number) {
    return Optional.of(new Held(new BigDecimal(number), OptionalLong.empty()));
  }

  @Test
  default void shouldTellWhatAValueWasAndIs() {
    Counters hits = counters(VALUE);
    Instant start = start();

    Decision first = hits.at(start).write("a", "'add':1,'ttl':'1m','expiresIf':'absent'");
    Decision second =
        hits.at(start.plusSeconds(9)).write("a", "'add':1,'ttl':'1m','expiresIf':'absent'");

    Instant end = start.plusSeconds(60);
    assertThat(first.details().value()).hasValue(new HeldChange(Optional.empty(), held("1", end)));
    assertThat(second.details().value()).hasValue(new HeldChange(held("1", end), held("2", end)));
    assertThat(second.count()).hasValue(2);
    assertThat(hits.at(start.plusSeconds(9)).counted("a").held()).isEqualTo(held("2", end));
    assertThat(hits.at(end.minusMillis(1)).counted("a").exists()).isTrue();
    assertThat(hits.at(end).counted("a").exists()).isFalse();
    assertThat(hits.at(end).counted("a").held()).isEmpty();
    assertThat(hits.at(end).count("a")).isZero();
    assertThat(hits.at(end).write("a", "'add':1").details().value())
        .hasValue(new HeldChange(Optional.empty(), held("1")));
  }

  @Test
  default void shouldWriteOnlyWhereItsConditionsHold() {
    Counters hits = counters(VALUE);

    assertThat(hits.write("a", "'to':5,'if':'present'").outcome()).isEqualTo(REFUSED);
    assertThat(hits.write("a", "'to':5,'if':'absent'").outcome()).isEqualTo(ACCEPTED);
    assertThat(hits.write("a", "'to':6,'if':'absent'").outcome()).isEqualTo(REFUSED);
    assertThat(hits.write("a", "'add':9,'max':10").outcome()).isEqualTo(REFUSED);
    assertThat(hits.write("a", "'add':9,'max':10,'saturate':true").count()).hasValue(10);
    assertThat(hits.write("a", "'expires':'never','expiresIf':'present'").outcome())
        .isEqualTo(REFUSED);
    assertThat(hits.write("a", "'to':null,'if':'present'").outcome()).isEqualTo(ACCEPTED);
    assertThat(hits.write("a", "'ttl':'1m'").outcome()).isEqualTo(REFUSED);
    assertThat(hits.counted("a").exists()).isFalse();
  }

  @Test
  default void shouldHoldFractionsToTheLastDigit() {
    Counters hits = counters(VALUE);
    hits.write("a", "'to':10.50");

    Decision decision = hits.write("a", "'add':0.1");

    assertThat(decision.details().value()).hasValue(new HeldChange(held("10.5"), held("10.6")));
    assertThat(decision.details().gauge().orElseThrow().value()).isEqualTo(10.6);
    assertThat(hits.counted("a").held()).isEqualTo(held("10.6"));
    assertThat(hits.gauge("a")).isEqualTo(10.6);
    assertThat(hits.keys().keys())
        .extracting(KeyPage.Entry::gauge)
        .containsExactly(OptionalDouble.of(10.6));
    assertThat(hits.put("a", 1).outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(hits.write("a", "'add':1.4").count()).hasValue(12);
    assertThat(hits.put("a", 1).count()).hasValue(13);
  }

  @Test
  default void shouldWriteOnceUnderAnId() {
    Counters hits = counters(VALUE);

    Decision first = hits.as("w").write("a", "'add':2");
    hits.write("a", "'add':1");
    Decision again = hits.as("w").write("a", "'add':2");

    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().value()).isEqualTo(first.details().value());
    assertThat(hits.count("a")).isEqualTo(3);
  }

  @Test
  default void shouldLetOneOfManyWriteWhatIsAbsent() {
    Counters locks = counters(VALUE);

    var outcomes = race(9, i -> locks.write("a", "'to':" + i + ",'if':'absent'").outcome());

    assertThat(outcomes).filteredOn(ACCEPTED::equals).hasSize(1);
  }

  @Test
  default void shouldListValuesUntilTheyEndAndSumNone() {
    Counters hits = counters(VALUE);
    hits.write("a", "'to':5,'ttl':'1d'");
    hits.write("b", "'to':0");
    hits.set("c", 7);
    hits.write("d", "'to':1");
    hits.write("d", "'expiresAt':1");

    assertThat(hits.keys().keys())
        .extracting(it -> it.key() + "=" + it.count())
        .containsExactly("a=5", "b=0", "c=7");
    assertThat(hits.view().totals().keys()).isEqualTo(3);
    assertThat(hits.view().totals().count()).isZero();
  }

  @Test
  default void shouldTakeNoWriteForACounterOfAnotherKind() {
    Counters total = counters("{'kind':'total'}");

    Decision decision = total.write("a", "'add':1");

    assertThat(decision.outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(decision.reason())
        .hasValue("a write is for counters of the kind value; this one is of the kind total");
  }
}
