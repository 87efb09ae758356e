package io.countess.contract;

import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.client.Peeked;
import io.countess.event.Decision;
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

    Peeked peeked = then.peek("a", n);

    Decision put = then.put("a", n);
    assertThat(peeked.wouldAccept()).isEqualTo(put.outcome() == ACCEPTED);
    assertThat(peeked.reason()).isEqualTo(put.reason());
    assertThat(peeked.retryAfterMillis()).isEqualTo(put.retryAfterMillis());
    assertThat(peeked.counted().atMillis()).isEqualTo(put.atMillis());
  }

  @Test
  default void shouldConsumeNothing() {
    Counters seats = counters("{'kind':'total','limit':5}");

    for (int i = 0; i < 3; i++) {
      assertThat(seats.peek("a", 5).wouldAccept()).isTrue();
    }

    assertThat(seats.counted("a").exists()).isFalse();
    assertThat(seats.put("a", 5).outcome()).isEqualTo(ACCEPTED);
    assertThat(seats.peek("a", 1).counted().count()).isEqualTo(5);
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
