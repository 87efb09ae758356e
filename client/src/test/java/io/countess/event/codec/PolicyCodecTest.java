package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Contract;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.time.Duration;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCodecTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void shouldReadEveryField() {
    assertThat(decode("{'kind':'expiring','ttl':'5m','limit':0}"))
        .isEqualTo(new Policy.Expiring(Duration.ofMinutes(5), OptionalLong.of(0)));
    assertThat(decode("{'capacity':9,'rate':'10/s','kind':'leaky'}"))
        .isEqualTo(new Policy.Leaky(Rate.parse("10/s"), OptionalLong.of(9)));
    assertThat(decode("{'kind':'total','initial':1,'min':-2,'max':3,'maxDelta':4,'limit':5}"))
        .isEqualTo(
            new Policy.Total(
                1,
                OptionalLong.of(-2),
                OptionalLong.of(3),
                OptionalLong.of(4),
                OptionalLong.of(5)));
  }

  @Test
  void shouldFillInTheDefaults() {
    assertThat(decode("{'kind':'expiring'}")).isEqualTo(Policy.DEFAULT);
    assertThat(decode("{'kind':'expiring','limit':null}")).isEqualTo(Policy.DEFAULT);
    assertThat(decode("{'kind':'leaky','rate':'1/s'}"))
        .isEqualTo(new Policy.Leaky(Rate.parse("1/s"), NONE));
    assertThat(decode("{'kind':'total'}")).isEqualTo(Policy.Total.unbounded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                      | kind is missing; it must be one of expiring",
        "{'kind':'window'}                       | kind is 'window'; it must be one of",
        "{'kind':null}                           | kind must be a string",
        "{'kind':'expiring','size':1}            | size is not a field here; there are kind,",
        "{'kind':'expiring','rate':'1/s'}        | rate is not for the kind expiring",
        "{'kind':'expiring','capacity':null}     | capacity is not for the kind expiring",
        "{'kind':'expiring','ttl':'0s'}          | ttl is PT0S; it must be longer than zero",
        "{'kind':'expiring','ttl':'401d'}        | ttl is PT9624H; it may be at most 400d",
        "{'kind':'expiring','limit':-1}          | limit is -1; it must not be negative",
        "{'kind':'expiring','limit':'5'}         | limit must be a whole number",
        "{'kind':'leaky'}                        | rate is missing; a leaky bucket needs one",
        "{'kind':'leaky','rate':10}              | rate must be a string",
        "{'kind':'leaky','rate':'0/s'}           | rate is 0 a period; it must be from 1 to",
        "{'kind':'leaky','rate':'1/s','limit':1} | limit is not for the kind leaky",
        "{'kind':'total','initial':null}         | initial must be a whole number",
        "{'kind':'total','maxDelta':0}           | maxDelta is 0; it must be at least 1",
        "{'kind':'total','min':1}                | initial is 0; it must be from 1 to",
        "{'kind':'total','ttl':'1s'}             | ttl is not for the kind total",
        "{'kind':'total','kind':'total'}         | body is not JSON: Duplicate",
        "{'kind':'total'} {}                     | body has something after the JSON object",
        "null                                    | policy must be a JSON object",
      })
  void shouldNameTheFieldAndTheRuleThatItBreaks(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldWriteTheFormThatPeopleWrite() {
    var policy = new Policy.Expiring(Duration.ofSeconds(120), OptionalLong.of(5));
    assertThat(new String(PolicyCodec.encode(policy), UTF_8))
        .isEqualTo("{\"kind\":\"expiring\",\"ttl\":\"2m\",\"limit\":5}");
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Policy policy) {
    assertThat(PolicyCodec.decode(PolicyCodec.encode(policy))).isEqualTo(policy);
  }

  private static Policy decode(String json) {
    return PolicyCodec.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
