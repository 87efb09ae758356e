package io.countess.contract;

import static io.countess.contract.Contract.race;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Which puts a policy refuses, until when, and which it could never accept. */
interface LimitContract extends Contract {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'5m','limit':3}",
        "{'kind':'leaky','rate':'1/d','capacity':3}",
        "{'kind':'window','period':'year','limit':3}",
        "{'kind':'total','limit':3}",
        "{'kind':'limits','limits':[{'kind':'total','limit':3},"
            + "{'kind':'expiring','ttl':'5m','limit':4}]}",
      })
  default void shouldRefuseWhatTheLimitLeavesNoRoomFor(String policy) {
    Counters seats = counters(policy);
    Decision taken = seats.put("a", 2);
    assertThat(taken.limit()).hasValue(3);
    assertThat(taken.remaining()).hasValue(1);

    Decision refused = seats.put("a", 2);

    assertThat(refused.outcome()).isEqualTo(REFUSED);
    assertThat(refused.reason()).isPresent();
    assertThat(refused.count()).as("it consumes nothing").hasValue(2);
    assertThat(seats.counted("a").remaining()).hasValue(1);
    assertThat(seats.put("a", 1).outcome()).isEqualTo(ACCEPTED);
    assertThat(seats.put("a", 1).outcome()).isEqualTo(REFUSED);
    assertThat(seats.put("b", 3).outcome()).as("of each key by itself").isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'7s','limit':3}",
        "{'kind':'leaky','rate':'14/m','capacity':3}",
        "{'kind':'window','period':'10s','limit':3}",
      })
  default void shouldAcceptAfterExactlyTheTimeThatARefusalTells(String policy) {
    Counters seats = counters(policy);
    Instant start = start();
    seats.at(start).put("a", 3);

    Decision refused = seats.at(start.plusMillis(1)).put("a", 2);

    long at = refused.atMillis() + refused.retryAfterMillis().orElseThrow();
    Decision early = seats.at(Instant.ofEpochMilli(at - 1)).put("a", 2);
    assertThat(early.outcome()).isEqualTo(REFUSED);
    assertThat(early.retryAfterMillis()).hasValue(1);
    assertThat(seats.at(Instant.ofEpochMilli(at)).put("a", 2).outcome()).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'total','limit':3}", "{'kind':'gauge','max':3}"})
  default void shouldNameNoTimeWhereWaitingDoesNotHelp(String policy) {
    Counters seats = counters(policy);
    seats.put("a", 3);

    Decision refused = seats.put("a", 1);

    assertThat(refused.outcome()).isEqualTo(REFUSED);
    assertThat(refused.retryAfterMillis()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'5m','limit':0%s}",
        "{'kind':'leaky','rate':'1/d','capacity':0%s}",
        "{'kind':'window','period':'year','limit':0%s}",
        "{'kind':'window','period':'year','limit':0,'maxDelta':5%s}",
        "{'kind':'total','limit':0%s}",
        "{'kind':'total','limit':0,'maxDelta':5%s}",
      })
  default void shouldRefuseEverythingUnderALimitOfZero(String policy) {
    Counters closed = counters(policy.formatted(",'mode':'observe'"));
    assertThat(closed.put("a", 2).details().wouldRefuse()).isTrue();
    closed.keep(policy.formatted(""));

    for (long n : new long[] {1, 7, 1L << 62}) {
      for (String key : List.of("a", "new")) {
        Decision refused = closed.put(key, n);
        assertThat(refused.outcome()).as("%d to %s", n, key).isEqualTo(REFUSED);
        assertThat(refused.reason().orElseThrow()).matches("the (limit|capacity) of 0 .*");
        assertThat(refused.retryAfterMillis()).as("waiting does not help").isEmpty();
        assertThat(refused.freeAfterMillis()).isEmpty();
      }
    }
    Decision old = closed.at(start()).put("a", 1);
    assertThat(old.outcome()).as("not late, which would be 200").isEqualTo(REFUSED);
    assertThat(closed.count("a")).isEqualTo(2);
    assertThat(closed.put("a", 0).outcome()).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring','ttl':'5m','limit':3}|4|n is 4; the limit is 3",
        "{'kind':'leaky','rate':'1/d','capacity':3}|4|n is 4; the capacity is 3",
        "{'kind':'window','period':'year','limit':3}|4|the limit of 3 would be passed",
        "{'kind':'window','period':'year','maxDelta':3}|4|n is 4; maxDelta is 3",
        "{'kind':'window','period':'year','maxDelta':3}|-4|n is -4; maxDelta is 3",
        "{'kind':'total','maxDelta':3}|4|n is 4; maxDelta is 3",
        "{'kind':'total','maxDelta':3}|-4|n is -4; maxDelta is 3",
        "{'kind':'gauge','maxDelta':3}|4|n is 4.0; maxDelta is 3.0",
        "{'kind':'gauge','maxDelta':3}|-4|n is -4.0; maxDelta is 3.0",
      })
  default void shouldSayThatAPutCanNeverBeAccepted(String policy, long n, String why) {
    Counters seats = counters(policy);

    Decision never = seats.put("a", n);

    assertThat(never.outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(never.reason()).hasValue(why);
    assertThat(never.retryAfterMillis()).isEmpty();
    assertThat(seats.counted("a").exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'total','min':-2,'max':5}",
        "{'kind':'window','period':'year','min':-2,'limit':5}",
        "{'kind':'gauge','min':-2,'max':5}",
      })
  default void shouldStayBetweenItsBounds(String policy) {
    Counters stock = counters(policy);

    assertThat(stock.put("a", 5).outcome()).isEqualTo(ACCEPTED);
    assertThat(stock.put("a", 1).outcome()).isEqualTo(REFUSED);
    assertThat(stock.put("a", -7).outcome()).isEqualTo(ACCEPTED);
    Decision below = stock.put("a", -1);

    assertThat(below.outcome()).isEqualTo(REFUSED);
    assertThat(below.reason().orElseThrow()).contains("min of -2");
    assertThat(stock.count("a")).isEqualTo(-2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'total','min':-2,'max':5}", "{'kind':'gauge','min':-2,'max':5}"})
  default void shouldBeSetWithinItsBoundsOnly(String policy) {
    Counters stock = counters(policy);

    assertThat(stock.set("a", 6).outcome()).isEqualTo(REFUSED);
    assertThat(stock.set("a", -3).outcome()).isEqualTo(REFUSED);
    assertThat(stock.counted("a").exists()).isFalse();
    assertThat(stock.set("a", 5).outcome()).isEqualTo(ACCEPTED);
    assertThat(stock.set("a", -2).outcome()).isEqualTo(ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'kind':'total','limit':5}", "{'kind':'window','period':'year','limit':5}"})
  default void shouldGiveBackNoMoreThanWasTakenUnderALimit(String policy) {
    Counters seats = counters(policy);
    seats.put("a", 2);

    assertThat(seats.put("a", -3).outcome()).isEqualTo(REFUSED);
    assertThat(seats.put("a", -2).count()).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'expiring','ttl':'5m','limit':3%s}",
        "{'kind':'leaky','rate':'1/d','capacity':3%s}",
        "{'kind':'window','period':'year','limit':3%s}",
        "{'kind':'total','limit':3%s}",
        "{'kind':'gauge','max':3%s}",
      })
  default void shouldOnlyReportWhatItWouldRefuseWhileItObserves(String policy) {
    Counters seats = counters(policy.formatted(",'mode':'observe'"));
    assertThat(seats.put("a", 2).details().wouldRefuse()).isFalse();

    Decision above = seats.put("a", 2);

    assertThat(above.outcome()).isEqualTo(ACCEPTED);
    assertThat(above.details().wouldRefuse()).isTrue();
    assertThat(above.reason()).isPresent();
    assertThat(seats.count("a")).isEqualTo(4);
    seats.keep(policy.formatted(""));
    assertThat(seats.put("a", 1).outcome()).as("what was taken counts").isEqualTo(REFUSED);
  }

  @Test
  default void shouldTellWhatRemainsHoweverMuchThatIs() {
    Counters stock = counters("{'kind':'total','min':-9,'limit':%d}".formatted(Long.MAX_VALUE));

    assertThat(stock.put("a", -5).remaining()).hasValue(Long.MAX_VALUE);
    assertThat(stock.counted("a").remaining()).hasValue(Long.MAX_VALUE);
  }

  @Test
  default void shouldAcceptAsManyAsTheLimitAllowsHoweverManyAskAtOnce() {
    Counters seats = counters("{'kind':'total','limit':10}");

    List<Decision> puts = race(32, i -> seats.put("a", 1));

    assertThat(puts).filteredOn("outcome", ACCEPTED).hasSize(10);
    assertThat(seats.count("a")).isEqualTo(10);
  }
}
