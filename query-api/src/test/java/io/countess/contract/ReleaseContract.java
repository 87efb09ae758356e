package io.countess.contract;

import static io.countess.contract.Contract.start;
import static io.countess.contract.Contract.whyNever;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Giving back what was taken, by the id of the put. */
interface ReleaseContract extends Contract {
  /** A bucket has drained a little between put and release, and is rounded down. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring','ttl':'5m','limit':9}|6",
        "{'kind':'leaky','rate':'1/h','capacity':9}|5",
        "{'kind':'window','period':'year','limit':9}|6",
        "{'kind':'total','limit':9}|6",
        "{'kind':'gauge','max':9}|6",
      })
  default void shouldReleaseWhatIsLeftOfAPut(String policy, long left) {
    Counters seats = counters(policy);
    seats.at(start()).as("order-1").put("a", 6);
    seats.at(start()).put("a", 3);

    Decision released = seats.release("a", "order-1");

    assertThat(released.outcome()).isEqualTo(ACCEPTED);
    assertThat(released.details().released()).hasValue(left);
    assertThat(seats.count("a")).isEqualTo(3);
    assertThat(seats.release("a", "order-1").details().released()).as("once").hasValue(0);
    assertThat(seats.put("a", 6).outcome()).isEqualTo(ACCEPTED);
  }

  @Test
  default void shouldReleaseInPartsAndNeverMoreThanIsLeft() {
    Counters seats = counters("{'kind':'total','limit':10}");
    seats.as("order-1").put("a", 5);

    assertThat(seats.as("back-1").release("a", "order-1", 2).details().released()).hasValue(2);
    assertThat(seats.as("back-1").release("a", "order-1", 2).details().replayed()).isTrue();
    assertThat(seats.count("a")).isEqualTo(3);
    assertThat(seats.release("a", "order-1", 9).details().released()).hasValue(3);
    assertThat(seats.count("a")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'5s'}",
        "{'kind':'window','period':'10s'}",
        "{'kind':'leaky','rate':'10/s'}",
      })
  default void shouldHaveNothingLeftOfAPutThatIsOver(String policy) {
    Counters seats = counters(policy);
    seats.at(start()).as("order-1").put("a", 2);
    seats.put("a", 1000);

    Decision released = seats.release("a", "order-1");

    assertThat(released.outcome()).isEqualTo(ACCEPTED);
    assertThat(released.details().released()).hasValue(0);
    assertThat(released.reason()).hasValue("nothing is left of the put");
  }

  @Test
  default void shouldHaveNothingLeftOfWhatCameBeforeAReset() {
    Counters seats = counters("{'kind':'total','limit':10}");
    seats.as("order-1").put("a", 5);
    seats.reset("a");
    seats.put("a", 4);

    assertThat(seats.release("a", "order-1").details().released()).hasValue(0);
    assertThat(seats.count("a")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'total'}", "{'kind':'window','period':'year'}"})
  default void shouldGiveBackWhatAPutTook(String policy) {
    Counters stock = counters(policy);
    stock.as("order-1").put("a", -3);

    Decision released = stock.release("a", "order-1");

    assertThat(released.details().released()).hasValue(-3);
    assertThat(released.count()).hasValue(0);
  }

  @Test
  default void shouldNotReleaseWhatWouldLeadBelowTheMin() {
    Counters seats = counters("{'kind':'total','limit':10}");
    seats.as("order-1").put("a", 5);
    seats.put("a", -3);

    assertThat(seats.release("a", "order-1").outcome()).isEqualTo(REFUSED);
    assertThat(seats.release("a", "order-1", 2).details().released()).hasValue(2);
    assertThat(seats.count("a")).isZero();
  }

  @Test
  default void shouldNotReleaseWhatItDoesNotRemember() {
    Counters seats = counters("{'kind':'total'}");
    seats.as("order-1").put("a", 5);

    assertThat(whyNever(() -> seats.release("a", "order-2"))).contains("'order-2'", "no such id");
    assertThat(whyNever(() -> seats.release("b", "order-1"))).contains("'order-1'", "no such id");
    assertThat(whyNever(() -> seats.as("x").release("a", "x"))).contains("it needs its own");
    assertThat(seats.count("a")).isEqualTo(5);
  }
}
