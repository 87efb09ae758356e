package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Terms;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy may name plans: each changes what it names, or says all of it. */
class PlanCodecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'limit':9} | {'kind':'expiring','ttl':'5m','limit':9,'mode':'observe','dedupe':'1h'}",
        "{'limit':null} | {'kind':'expiring','ttl':'5m','mode':'observe','dedupe':'1h'}",
        "{'ttl':'1h','maxIds':7}"
            + " | {'kind':'expiring','ttl':'1h','limit':5,'mode':'observe','dedupe':'1h','maxIds':7}",
        "{'mode':'enforce','dedupe':'2h'}"
            + " | {'kind':'expiring','ttl':'5m','limit':5,'dedupe':'2h'}",
        "{} | {'kind':'expiring','ttl':'5m','limit':5,'mode':'observe','dedupe':'1h'}",
        "{'kind':'expiring'} | {'kind':'expiring','ttl':'1m'}",
        "{'kind':'expiring','limit':9} | {'kind':'expiring','ttl':'1m','limit':9}",
      })
  void shouldHaveWhatElseThePolicyHasUnlessItNamesItsKind(String plan, String means) {
    Policy policy =
        decode(
            "{'kind':'expiring','ttl':'5m','limit':5,'mode':'observe','dedupe':'1h',"
                + "'plans':{'p':%s}}".formatted(plan));

    assertThat(policy.terms().plans()).containsOnlyKeys("p").containsValue(decode(means));
    assertThat(policy.limit()).hasValue(5);
  }

  @Test
  void shouldReadPlansWhereverTheyStand() {
    assertThat(decode("{'plans':{'p':{'limit':9}},'limit':5,'ttl':'5m','kind':'expiring'}"))
        .isEqualTo(decode("{'kind':'expiring','ttl':'5m','limit':5,'plans':{'p':{'limit':9}}}"));
  }

  @Test
  void shouldWriteThePlansInFullAndByName() {
    Policy policy = decode("{'kind':'total','max':9,'plans':{'b':{'max':null},'a':{'max':7}}}");
    String written =
        "{'kind':'total','initial':0,'max':9,'plans':{"
            + "'a':{'kind':'total','initial':0,'max':7},'b':{'kind':'total','initial':0}}}";

    assertThat(PolicyCodec.encode(policy)).asString(UTF_8).isEqualTo(written.replace('\'', '"'));
    assertThat(decode(written)).isEqualTo(policy);
    assertThat(decode("{'kind':'total','plans':{}}")).isEqualTo(Policy.Total.unbounded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'p':{'kind':'gauge'}} | plans has the plan 'p' of the kind gauge; a plan is of the kind",
        "{'p':{'kind':'odd'}}   | plans 'p': kind is 'odd'; it must be one of expiring",
        "{'p':{'rate':'1/s'}}   | plans 'p': rate is not for the kind total",
        "{'p':{'min':12}}       | plans 'p': ",
        "{'p':{'size':1}}       | size is not a field here; there are kind,",
        "{'p':{'plans':{}}}     | plans has the plan 'p' with plans",
        "{'p':{'plans':{'q':{}}}} | plans has the plan 'p' with plans",
        "{'p':{},'p':{}}        | p is given twice",
        "{'p':null}             | plans must be a JSON object",
        "{'p':5}                | plans must be a JSON object",
        "{'':{}}                | plans has the name '' of 0 bytes of UTF-8; it must take 1 to 64",
        "null                   | plans must be a JSON object",
        "['p']                  | plans must be a JSON object",
      })
  void shouldNameThePlanAndTheRuleThatItBreaks(String plans, String message) {
    assertThatThrownBy(() -> decode("{'kind':'total','max':9,'plans':%s}".formatted(plans)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldBoundTheNamesOfPlans() {
    String longest = "é".repeat(Terms.MAX_PLAN_BYTES / 2);
    assertThat(total("'%s':{}".formatted(longest)).terms().plans()).containsOnlyKeys(longest);
    assertThatThrownBy(() -> total("'%s':{}".formatted(longest + "a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("plans has the name '%sa' of 65 bytes of UTF-8; it must take 1 to 64", longest);
  }

  @Test
  void shouldBoundTheNumberOfPlans() {
    assertThat(total(plans(100)).terms().plans()).hasSize(100);
    assertThatThrownBy(() -> total(plans(101)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("plans are 101; there may be at most 100");
  }

  private static String plans(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'p%d':{'limit':%d}".formatted(i, i))
        .collect(Collectors.joining(","));
  }

  private static Policy total(String plans) {
    return decode("{'kind':'total','plans':{" + plans + "}}");
  }

  private static Policy decode(String json) {
    return PolicyCodec.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
