package io.countess.contract;

import static io.countess.contract.Contract.race;
import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.CONFLICT;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command with an id happens once, however often it is sent. */
interface IdContract extends Contract {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'5m'}",
        "{'kind':'leaky','rate':'1/d'}",
        "{'kind':'window','period':'year'}",
        "{'kind':'total'}",
        "{'kind':'gauge'}",
      })
  default void shouldAnswerAReplayByTheFirstDecision(String policy) {
    Counters orders = counters(policy);
    Decision first = orders.as("order-1").put("a", 2);
    orders.put("a", 3);

    Decision again = orders.as("order-1").put("a", 2);

    assertThat(first.details().replayed()).isFalse();
    assertThat(again).isEqualTo(first.with(first.details().asReplayed()));
    assertThat(orders.count("a")).isEqualTo(5);
  }

  @Test
  default void shouldAnswerReplaysOfEveryCommand() {
    Counters stock = counters("{'kind':'total'}");
    stock.as("order").put("a", 10);
    List<Function<Counters, Decision>> commands =
        List.of(
            it -> it.put("a", 1),
            it -> it.release("a", "order", 4),
            it -> it.set("a", 3),
            it -> it.setIfAbsent("a", 9),
            it -> it.reset("a"));
    for (int i = 0; i < commands.size(); i++) {
      Decision first = commands.get(i).apply(stock.as("id-" + i));
      assertThat(first.outcome()).isEqualTo(ACCEPTED);

      Decision again = commands.get(i).apply(stock.as("id-" + i));

      assertThat(again).isEqualTo(first.with(first.details().asReplayed()));
    }
    assertThat(stock.counted("a").exists()).isFalse();
  }

  @Test
  default void shouldNotTakeTheSameIdForSomethingElse() {
    Counters orders = counters("{'kind':'total'}");
    Decision first = orders.as("order-1").put("a", 2);

    Decision other = orders.as("order-1").put("a", 3);

    assertThat(other.outcome()).isEqualTo(CONFLICT);
    assertThat(other.reason().orElseThrow())
        .contains("order-1", first.position().orElseThrow().toString());
    assertThat(orders.as("order-1").set("a", 2).outcome()).isEqualTo(CONFLICT);
    assertThat(orders.as("order-1").put("a", 2, Duration.ofHours(1)).outcome()).isEqualTo(CONFLICT);
    assertThat(orders.as("order-1").put("b", 3).outcome())
        .as("each counter has ids of its own")
        .isEqualTo(ACCEPTED);
    assertThat(orders.count("a")).isEqualTo(2);
  }

  @Test
  default void shouldNotRememberWhatItRefused() {
    Counters orders = counters("{'kind':'total','limit':3}");
    orders.put("a", 3);
    assertThat(orders.as("order-1").put("a", 2).outcome()).isEqualTo(REFUSED);
    orders.put("a", -2);

    Decision again = orders.as("order-1").put("a", 2);

    assertThat(again.outcome()).isEqualTo(ACCEPTED);
    assertThat(again.details().replayed()).isFalse();
    assertThat(again.count()).hasValue(3);
  }

  @Test
  default void shouldRememberAnIdLongerThanTheCounter() {
    Counters orders = counters("{'kind':'expiring','ttl':'5s'}");
    Instant start = start();
    orders.at(start).as("order-1").put("a", 2);
    assertThat(orders.at(start.plusSeconds(9)).counted("a").exists()).isFalse();
    orders.reset("a");

    assertThat(orders.at(start).as("order-1").put("a", 2).details().replayed()).isTrue();
    assertThat(orders.count("a")).isZero();
  }

  @Test
  default void shouldRememberAnIdThroughAChangeOfPolicy() {
    Counters orders = counters("{'kind':'total'}");
    Decision first = orders.as("order-1").put("a", 2);
    orders.restart("{'kind':'window','period':'year'}");

    Decision again = orders.as("order-1").put("a", 2);

    assertThat(again).isEqualTo(first.with(first.details().asReplayed()));
    assertThat(orders.count("a")).isZero();
  }

  @Test
  default void shouldForgetAnIdAfterTheTimeThatThePolicySays() {
    Counters orders = counters("{'kind':'total','dedupe':'3s'}");
    Instant start = start();
    orders.at(start).as("order-1").put("a", 2);

    assertThat(orders.at(start.plusMillis(2_999)).as("order-1").put("a", 2).count()).hasValue(2);
    // Three seconds after it was sent, and that was later than it happened.
    assertThat(orders.at(start.plusSeconds(60)).as("order-1").put("a", 2).count()).hasValue(4);
  }

  @Test
  default void shouldCountOnceWhatWasOnlyLogged() {
    Counters orders = counters("{'kind':'total'}");
    orders.as("order-1").log("a", 2);

    Position again = orders.as("order-1").log("a", 2);

    assertThat(orders.including(again).count("a")).isEqualTo(2);
    assertThat(orders.as("order-1").put("a", 2).details().replayed()).isTrue();
  }

  @Test
  default void shouldCountOnceHoweverManySendItAtOnce() {
    Counters orders = counters("{'kind':'total'}");

    List<Decision> puts = race(16, i -> orders.as("order-1").put("a", 2));

    assertThat(puts).filteredOn(it -> !it.details().replayed()).hasSize(1);
    assertThat(orders.count("a")).isEqualTo(2);
  }
}
