package io.countess.contract;

import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Peek;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a put would lead to, without putting anything. */
interface PeekContract extends Contract {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring','ttl':'7s','limit':3}|3",
        "{'kind':'expiring','ttl':'7s','limit':3}|4",
        "{'kind':'expiring','ttl':'7s','limit':3}|-1",
        "{'kind':'leaky','rate':'14/m','capacity':3}|3",
        "{'kind':'leaky','rate':'14/m','capacity':3}|4",
        "{'kind':'window','period':'10s','limit':3}|3",
        "{'kind':'window','period':'10s','limit':3}|4",
        "{'kind':'window','period':'10s','limit':3}|-3",
        "{'kind':'total','limit':3}|2",
        "{'kind':'total','limit':3,'maxDelta':1}|2",
        "{'kind':'total','limit':3,'mode':'observe'}|2",
        "{'kind':'gauge','max':3}|2",
        "{'kind':'gauge','max':3,'mode':'observe'}|2",
        "{'kind':'expiring','ttl':'7s'}|9223372036854775807",
        "{'kind':'leaky','rate':'1000/s'}|9223372036854775807",
        "{'kind':'total'}|9223372036854775807",
      })
  default void shouldForetellWhatAPutThenLeadsTo(String policy, long n) {
    Counters seats = counters(policy);
    Instant start = start();
    seats.at(start).put("a", 1);
    seats.at(start.plusMillis(1)).put("a", 1);
    Counters then = seats.at(start.plusMillis(2));

    Peek peeked = then.peek("a", n);

    Decision put = then.put("a", n);
    assertThat(peeked.wouldAccept()).isEqualTo(put.outcome() == ACCEPTED);
    assertThat(peeked.reason()).isEqualTo(put.reason());
    assertThat(peeked.retryAfterMillis()).isEqualTo(put.retryAfterMillis());
    assertThat(peeked.count().atMillis()).isEqualTo(put.atMillis());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'gauge'}|0.5",
        "{'kind':'gauge'}|2.0",
        "{'kind':'gauge','max':3}|0.5",
        "{'kind':'gauge','max':3}|0.75",
        "{'kind':'gauge','min':2.25}|-0.25",
        "{'kind':'gauge','min':2.25}|-0.5",
        "{'kind':'gauge','maxDelta':2.5}|2.75",
        "{'kind':'gauge','max':3,'mode':'observe'}|0.75",
        "{'kind':'gauge','maxDelta':2.5,'mode':'observe'}|2.75",
        "{'kind':'gauge'}|1e20",
        "{'kind':'gauge'}|1.7976931348623157e308",
        "{'kind':'gauge'}|-0.0",
      })
  default void shouldForetellWhatAPutOfAFractionLeadsTo(String policy, double n) {
    Counters rooms = counters(policy);
    Instant start = start();
    rooms.at(start).put("a", 2.5);
    Counters then = rooms.at(start.plusMillis(1));

    Peek peeked = then.peek("a", n);

    assertThat(peeked.count().gauge().orElseThrow().value()).isEqualTo(2.5);
    Decision put = then.put("a", n);
    assertThat(peeked.wouldAccept()).isEqualTo(put.outcome() == ACCEPTED);
    assertThat(peeked.reason()).isEqualTo(put.reason());
    assertThat(peeked.retryAfterMillis()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring'}|expiring",
        "{'kind':'leaky','rate':'1/d'}|leaky",
        "{'kind':'window','period':'year'}|window",
        "{'kind':'total'}|total",
      })
  default void shouldPeekForWholeNumbersInAllKindsButGauges(String policy, String kind) {
    Counters counters = counters(policy);

    for (double n : new double[] {0.5, 1.0, 1e20}) {
      assertThatThrownBy(() -> counters.peek("a", n))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "n is %s; a counter of the kind %s takes whole numbers of up to 64 bits, only a"
                      .formatted(n, kind)
                  + " gauge takes fractions");
    }
  }

  @Test
  default void shouldConsumeNothing() {
    Counters seats = counters("{'kind':'total','limit':5}");

    for (int i = 0; i < 3; i++) {
      assertThat(seats.peek("a", 5).wouldAccept()).isTrue();
    }

    assertThat(seats.counted("a").exists()).isFalse();
    assertThat(seats.put("a", 5).outcome()).isEqualTo(ACCEPTED);
    assertThat(seats.peek("a", 1).count().count()).isEqualTo(5);
  }

  @Test
  default void shouldPlanAheadOfItsTime() {
    Counters seats = counters("{'kind':'expiring','ttl':'7s','limit':3}");
    Instant start = start();
    seats.at(start).put("a", 3);

    long wait = seats.at(start).peek("a", 1).retryAfterMillis().orElseThrow();

    assertThat(wait).isEqualTo(7_000);
    assertThat(seats.at(start.plusMillis(wait - 1)).peek("a", 1).wouldAccept()).isFalse();
    assertThat(seats.at(start.plusMillis(wait)).peek("a", 1).wouldAccept()).isTrue();
  }
}
