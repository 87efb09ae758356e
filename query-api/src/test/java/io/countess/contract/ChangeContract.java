package io.countess.contract;

import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of counters whose policy changes. */
interface ChangeContract extends Contract {
  @Test
  default void shouldKeepWhatWasCounted() {
    Counters stock = counters("{'kind':'total','limit':9}");
    stock.put("a", 7);

    stock.keep("{'kind':'total','limit':5,'initial':1}");

    assertThat(stock.count("a")).isEqualTo(7);
    assertThat(stock.put("a", 1).outcome()).isEqualTo(REFUSED);
    assertThat(stock.put("a", -1).outcome()).as("what leads back").isEqualTo(ACCEPTED);
    assertThat(stock.count("b")).isEqualTo(1);
  }

  @Test
  default void shouldKeepTheEndsThatPutsWereGiven() {
    Counters logins = counters("{'kind':'expiring','ttl':'9s'}");
    Instant start = start();
    logins.at(start).put("a", 1);

    logins.keep("{'kind':'expiring','ttl':'3s'}");
    logins.at(start).put("a", 10);

    assertThat(logins.at(start.plusSeconds(3)).count("a")).isEqualTo(1);
    assertThat(logins.at(start.plusSeconds(9)).count("a")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"expiring", "leaky", "window", "total", "gauge"})
  default void shouldStartAgainWhereThatIsAsked(String kind) {
    String same =
        switch (kind) {
          case "leaky" -> "{'kind':'leaky','rate':'1/d'}";
          case "window" -> "{'kind':'window','period':'year'}";
          default -> "{'kind':'%s'}".formatted(kind);
        };
    Counters counters = counters(same);
    for (int i = 0; i < 8; i++) {
      counters.put("key" + i, 2);
    }

    counters.restart(same);

    assertThat(counters.keys().keys()).isEmpty();
    assertThat(counters.view().totals().keys()).isZero();
    assertThat(counters.put("key0", 1).outcome()).isEqualTo(ACCEPTED);
    assertThat(counters.count("key0")).isEqualTo(1);
    assertThat(counters.count("key1")).isZero();
  }

  @Test
  default void shouldChangeTheKindOnlyByStartingAgain() {
    Counters counters = counters("{'kind':'total'}");
    counters.put("a", 5);

    Decision kept = counters.keep("{'kind':'window','period':'year'}");

    assertThat(kept.outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(kept.reason())
        .hasValue("a change of kind from total to window needs onChange reset");
    assertThat(counters.count("a")).isEqualTo(5);
    assertThat(counters.restart("{'kind':'window','period':'year'}").outcome()).isEqualTo(ACCEPTED);
    assertThat(counters.count("a")).isZero();
  }

  @Test
  default void shouldLetATotalGoOnAsAGauge() {
    Counters counters = counters("{'kind':'total'}");
    counters.as("order-1").put("a", 5);

    assertThat(counters.keep("{'kind':'gauge'}").outcome()).isEqualTo(ACCEPTED);

    counters.put("a", 0.5);
    assertThat(counters.gauge("a")).isEqualTo(5.5);
    assertThat(counters.release("a", "order-1").details().released()).hasValue(5);
    assertThat(counters.gauge("a")).isEqualTo(0.5);
  }

  @Test
  default void shouldTakeTheFirstPolicyOfAnyKind() {
    for (String kind : List.of("expiring", "total")) {
      Counters counters = counters();
      counters.put("a", 2);

      assertThat(counters.keep("{'kind':'%s'}".formatted(kind)).outcome()).isEqualTo(ACCEPTED);

      assertThat(counters.count("a")).as(kind).isEqualTo(kind.equals("expiring") ? 2 : 0);
    }
  }
}
