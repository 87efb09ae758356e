package io.countess.contract;

import static io.countess.contract.Contract.whyNever;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.client.Page;
import io.countess.event.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be done is refused with what is wrong about it, and changes nothing. */
interface InputContract extends Contract {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring'}|a counter of the kind expiring can't be reduced",
        "{'kind':'leaky','rate':'1/d'}|a counter of the kind leaky can't be reduced",
      })
  default void shouldNotReduceWhatOnlyTimeReduces(String policy, String why) {
    Counters counters = counters(policy);
    counters.put("a", 2);

    assertThat(whyNever(() -> counters.put("a", -1))).isEqualTo("n is -1; " + why);
    assertThat(counters.count("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring'}",
        "{'kind':'leaky','rate':'1/d'}",
        "{'kind':'window','period':'year'}",
        "{'kind':'total'}",
      })
  default void shouldCountWholeNumbersInAllKindsButGauges(String policy) {
    Counters counters = counters(policy);

    assertThat(whyNever(() -> counters.put("a", 0.5))).contains("n is 0.5", "whole numbers");
    assertThat(whyNever(() -> counters.set("a", 0.5))).isNotEmpty();
    assertThat(counters.counted("a").exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring'}",
        "{'kind':'leaky','rate':'1/d'}",
        "{'kind':'window','period':'year'}",
      })
  default void shouldNotSetWhatIsMadeUpOfPuts(String policy) {
    Counters counters = counters(policy);

    assertThat(whyNever(() -> counters.set("a", 5))).contains("can't be set");
    assertThat(counters.counted("a").exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'leaky','rate':'1/d'}",
        "{'kind':'window','period':'year'}",
        "{'kind':'total'}",
        "{'kind':'gauge'}",
      })
  default void shouldNotLetPutsLiveWhereTheyDoNotEnd(String policy) {
    Counters counters = counters(policy);

    assertThat(whyNever(() -> counters.put("a", 1, Duration.ofSeconds(5))))
        .contains("ttl is not for the kind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'kind':'expiring'}", "{'kind':'window','period':'year'}", "{'kind':'total'}"})
  default void shouldNotPass64Bits(String policy) {
    Counters counters = counters(policy);
    counters.put("a", Long.MAX_VALUE);

    assertThat(whyNever(() -> counters.put("a", 1))).contains("would pass 64 bits");
    assertThat(counters.count("a")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  default void shouldNotTakeInstantsThatTheLogDoesNot() {
    Counters logins = counters();
    Instant now = Instant.now();

    assertInvalid("at", () -> logins.at(now.plusSeconds(120)).put("a", 1));
    assertInvalid("at", () -> logins.at(now.minus(Duration.ofDays(7))).put("a", 1));
    assertThat(logins.counted("a").exists()).isFalse();
  }

  @Test
  default void shouldNotCountAtAnInstantBeforeTheLastOne() {
    Counters logins = counters();
    Instant now = Instant.now();
    logins.at(now).put("a", 1);

    assertInvalid("at", () -> logins.at(now.minusSeconds(1)).count("a"));
    assertInvalid("at", () -> logins.at(now.minusSeconds(1)).peek("a", 1));
  }

  @Test
  default void shouldNotListMoreThanAPageHolds() {
    Counters logins = counters();
    var all = Optional.<String>empty();

    assertInvalid("limit", () -> caller().keys(logins.namespace(), all, Page.first(1001)));
    assertInvalid("limit", () -> caller().namespaces(Page.first(0)));
    assertInvalid("k", () -> caller().top(logins.namespace(), 1001));
    assertInvalid("k", () -> caller().top(logins.namespace(), 0));
  }

  @Test
  default void shouldNotMatchAPatternThatIsNotClosed() {
    Counters logins = counters();

    assertInvalid(
        "match", () -> caller().keys(logins.namespace(), Optional.of("[a"), Page.first(1)));
  }

  private static void assertInvalid(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidInputException.class, it -> assertThat(it.field()).isEqualTo(field));
  }
}
