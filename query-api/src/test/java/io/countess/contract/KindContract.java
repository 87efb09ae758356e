package io.countess.contract;

import static io.countess.contract.Contract.race;
import static io.countess.contract.Contract.start;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What puts come to in a counter of each kind. */
interface KindContract extends Contract {
  @Test
  default void shouldCountEachPutUntilItEnds() {
    Counters logins = counters("{'kind':'expiring','ttl':'5s'}");
    Instant start = start();
    logins.at(start).put("a", 2);

    assertThat(logins.at(start.plusSeconds(3)).put("a", 3).count()).hasValue(5);

    assertThat(logins.at(start.plusMillis(4_999)).count("a")).isEqualTo(5);
    assertThat(logins.at(start.plusSeconds(5)).count("a")).isEqualTo(3);
    assertThat(logins.at(start.plusSeconds(8)).count("a")).isZero();
    assertThat(logins.at(start.plusSeconds(8)).counted("a").exists()).isFalse();
  }

  @Test
  default void shouldLetAPutLiveAsLongAsItSaysItself() {
    Counters logins = counters("{'kind':'expiring','ttl':'5s'}");
    Instant start = start();
    logins.at(start).put("a", 1);
    logins.at(start).put("a", 10, Duration.ofSeconds(9));
    logins.at(start).put("a", 100, Duration.ofMillis(250));

    assertThat(logins.at(start.plusMillis(249)).count("a")).isEqualTo(111);
    assertThat(logins.at(start.plusMillis(250)).count("a")).isEqualTo(11);
    assertThat(logins.at(start.plusSeconds(5)).count("a")).isEqualTo(10);
    assertThat(logins.at(start.plusSeconds(9)).count("a")).isZero();
  }

  @Test
  default void shouldDrainABucketSteadily() {
    Counters requests = counters("{'kind':'leaky','rate':'60/m'}");
    Instant start = start();
    requests.at(start).put("a", 10);

    assertThat(requests.at(start.plusMillis(1)).count("a")).as("rounded up").isEqualTo(10);
    assertThat(requests.at(start.plusMillis(3_500)).put("a", 2).count()).hasValue(9);
    assertThat(requests.at(start.plusMillis(11_999)).count("a")).isEqualTo(1);
    assertThat(requests.at(start.plusSeconds(12)).count("a")).isZero();
  }

  @Test
  default void shouldStartEachWindowFromZero() {
    Counters calls = counters("{'kind':'window','period':'10s'}");
    Instant start = start();
    Instant end = start.plusSeconds(9);
    calls.at(start).put("a", 4);
    calls.at(start.plusSeconds(8)).put("a", -1);

    assertThat(calls.at(end.minusMillis(1)).count("a")).isEqualTo(3);
    assertThat(calls.at(end).count("a")).isZero();
    assertThat(calls.at(end).put("a", 2).count()).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Pacific/Kiritimati", "Pacific/Marquesas"})
  default void shouldBeginADayByTheCalendarOfItsZone(String zone) {
    Counters calls = counters("{'kind':'window','period':'day','zone':'%s'}".formatted(zone));
    Instant start = start();
    ZonedDateTime there = start.atZone(ZoneId.of(zone));
    Instant midnight = there.toLocalDate().plusDays(1).atStartOfDay(there.getZone()).toInstant();
    calls.at(start).put("a", 4);

    assertThat(calls.at(midnight.minusMillis(1)).count("a")).isEqualTo(4);
    assertThat(calls.at(midnight).count("a")).isZero();
  }

  @Test
  default void shouldKeepATotalAsItIs() {
    Counters stock = counters("{'kind':'total','initial':100}");

    assertThat(stock.put("a", -130).count()).hasValue(-30);
    assertThat(stock.put("a", 5).count()).hasValue(-25);
    assertThat(stock.count("a")).isEqualTo(-25);
    assertThat(stock.set("a", 7).count()).hasValue(7);
    assertThat(stock.count("a")).isEqualTo(7);
  }

  @Test
  default void shouldKeepAGaugeToItsFraction() {
    Counters celsius = counters("{'kind':'gauge','description':'°C'}");

    assertThat(celsius.set("a", 21).details().gauge().orElseThrow().value()).isEqualTo(21);
    assertThat(celsius.put("a", 0.5).details().gauge().orElseThrow().value()).isEqualTo(21.5);
    assertThat(celsius.put("a", -22).details().gauge().orElseThrow().value()).isEqualTo(-0.5);
    assertThat(celsius.gauge("a")).isEqualTo(-0.5);
    assertThat(celsius.set("a", 1e300).outcome()).isEqualTo(ACCEPTED);
    assertThat(celsius.gauge("a")).isEqualTo(1e300);
  }

  @Test
  default void shouldTellTheWholeNumberNearestToAGauge() {
    Counters celsius = counters("{'kind':'gauge'}");
    celsius.set("a", 2.7);
    celsius.set("b", -2.7);

    assertThat(celsius.count("a")).isEqualTo(3);
    assertThat(celsius.count("b")).isEqualTo(-3);
    assertThat(caller().top(celsius.namespace(), 2).keys())
        .extracting(KeyPage.Entry::count)
        .containsExactly(3L, -3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'expiring','ttl':'5s'}", "{'kind':'window','period':'10s'}"})
  default void shouldAddNothingForAPutThatIsOverAlready(String policy) {
    Counters logins = counters(policy);
    Instant start = start();
    logins.at(start.plusSeconds(9)).put("a", 2);

    var late = logins.at(start).put("a", 1);

    assertThat(late.outcome()).isEqualTo(LATE);
    assertThat(late.count()).hasValue(2);
    assertThat(late.atMillis()).isEqualTo(start.plusSeconds(9).toEpochMilli());
    assertThat(logins.at(start.plusSeconds(9)).count("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring','ttl':'5m'}|0",
        "{'kind':'leaky','rate':'1/d'}|0",
        "{'kind':'window','period':'year'}|0",
        "{'kind':'total'}|0",
        "{'kind':'total','initial':7}|7",
        "{'kind':'gauge'}|0",
        "{'kind':'limits','limits':[{'kind':'total','initial':2,'limit':9}]}|2",
      })
  default void shouldBeginAtItsInitialValueAndGoBackToIt(String policy, long initial) {
    Counters counters = counters(policy);
    assertThat(counters.count("a")).isEqualTo(initial);
    assertThat(counters.counted("a").exists()).isFalse();
    assertThat(counters.put("a", 0).outcome()).isEqualTo(ACCEPTED);
    assertThat(counters.counted("a").exists()).as("0 changes nothing").isFalse();

    counters.put("a", 3);
    assertThat(counters.count("a")).isEqualTo(initial + 3);
    assertThat(counters.counted("a").exists()).isTrue();
    assertThat(counters.reset("a").outcome()).isEqualTo(ACCEPTED);

    assertThat(counters.count("a")).isEqualTo(initial);
    assertThat(counters.counted("a").exists()).isFalse();
    assertThat(counters.keys().keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'total','initial':1}", "{'kind':'gauge'}"})
  default void shouldSetOnlyWhatIsAbsentWhereThatIsAsked(String policy) {
    Counters usage = counters(policy);

    assertThat(usage.setIfAbsent("a", 5).outcome()).isEqualTo(ACCEPTED);
    var second = usage.setIfAbsent("a", 6);

    assertThat(second.outcome()).isEqualTo(ACCEPTED);
    assertThat(second.reason()).hasValue("the counter exists, so it keeps its value");
    assertThat(usage.count("a")).isEqualTo(5);
    usage.reset("a");
    usage.setIfAbsent("a", 7);
    assertThat(usage.count("a")).isEqualTo(7);
  }

  @Test
  default void shouldSetAnAbsentCounterOnceHoweverManyTryAtOnce() {
    Counters usage = counters("{'kind':'total'}");

    List<Decision> decisions = race(16, i -> usage.setIfAbsent("a", i + 1));

    long count = usage.count("a");
    assertThat(decisions).filteredOn(it -> it.reason().isEmpty()).hasSize(1);
    assertThat(decisions).allMatch(it -> it.count().getAsLong() == count);
  }

  @ParameterizedTest
  @CsvSource({"2.7, 3", "2.5, 3", "-2.5, -2", "-2.7, -3", "1e300, 9223372036854775807"})
  default void shouldTellTheWholeNumberNearestToAGauge(double value, long count) {
    Counters celsius = counters("{'kind':'gauge','max':1e301}").at(start());
    celsius.set("a", value);

    var gauge = new GaugeValue(value, OptionalDouble.of(1e301));
    var none = OptionalLong.empty();
    long at = celsius.at().orElseThrow().toEpochMilli();
    assertThat(celsius.counted("a"))
        .isEqualTo(
            new Count(
                celsius.named("a"),
                count,
                none,
                none,
                none,
                at,
                true,
                Optional.of(gauge),
                List.of(),
                Optional.empty(),
                Optional.empty()))
        .isEqualTo(celsius.peek("a", 0.5).count());
    assertThat(celsius.keys().keys()).extracting(it -> it.count()).containsExactly(count);
  }

  @Test
  default void shouldCountByTheDefaultPolicyWithoutOneOfItsOwn() {
    Counters logins = counters();
    Instant start = start();

    assertThat(logins.at(start).put("a", 2).count()).hasValue(2);

    assertThat(logins.at(start.plusSeconds(59)).count("a")).isEqualTo(2);
    assertThat(logins.at(start.plusSeconds(60)).count("a")).isZero();
    assertThat(logins.view().policy()).isEqualTo(caller().defaultPolicy());
    assertThat(logins.view().policy().version()).isEmpty();
    assertThat(caller().history(logins.namespace()).changes()).isEmpty();
  }
}
