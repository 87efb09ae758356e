package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Contract;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  @Test
  void shouldReadNothingAsOnePut() {
    assertThat(EventCodec.decode(null)).isEqualTo(Event.ONE);
    assertThat(EventCodec.decode(new byte[0])).isEqualTo(Event.ONE);
    assertThat(decode("{}")).isEqualTo(Event.ONE);
    assertThat(EventCodec.encode(Event.ONE)).isEmpty();
  }

  @Test
  void shouldReadPuts() {
    assertThat(decode("{\"op\":\"put\"}")).isEqualTo(Event.ONE);
    assertThat(decode("{\"n\":-5}")).isEqualTo(Event.Put.of(-5));
    assertThat(decode("{\"n\":9223372036854775807}")).isEqualTo(Event.Put.of(Long.MAX_VALUE));
    assertThat(decode(" {\"ttl\":\"PT1M\",\"n\":0} \n"))
        .isEqualTo(new Event.Put(0, Optional.of(Duration.ofMinutes(1))));
  }

  @Test
  void shouldReadSetAndReset() {
    assertThat(decode("{\"op\":\"set\",\"value\":5}")).isEqualTo(new Event.SetValue(5, false));
    assertThat(decode("{\"value\":5,\"if\":\"absent\",\"op\":\"set\"}"))
        .isEqualTo(new Event.SetValue(5, true));
    assertThat(decode("{\"op\":\"reset\"}")).isEqualTo(new Event.Reset());
    assertThat(decode("{\"op\":\"tick\"}")).isEqualTo(new Event.Tick());
  }

  @Test
  void shouldReadPolicyChanges() {
    assertThat(decode("{\"op\":\"policy\",\"policy\":null}"))
        .isEqualTo(new Event.ChangePolicy(Optional.empty(), OnChange.KEEP));
    assertThat(decode("{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"},\"onChange\":\"reset\"}"))
        .isEqualTo(new Event.ChangePolicy(Optional.of(Policy.Total.unbounded()), OnChange.RESET));
    assertThat(
            decode(
                "{\"op\":\"defaults\",\"policy\":{\"kind\":\"expiring\"},\"onChange\":\"keep\"}"))
        .isEqualTo(new Event.ChangeDefaults(Policy.DEFAULT, OnChange.KEEP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'x':1}                                | x is not a field here; there are op, n, ttl,",
        "{'N':1}                                | N is not a field here",
        "{'n':'1'}                              | n must be a whole number",
        "{'n':1.0}                              | n must be a whole number",
        "{'n':1e3}                              | n must be a whole number",
        "{'n':null}                             | n must be a whole number",
        "{'n':[1]}                              | n must be a whole number",
        "{'n':9223372036854775808}              | n is 9223372036854775808; it must fit",
        "{'n':-9223372036854775809}             | n is -9223372036854775809; it must fit",
        "{'ttl':60}                             | ttl must be a string",
        "{'ttl':'60'}                           | ttl is '60'; it must be a duration",
        "{'ttl':'0s'}                           | ttl is PT0S; it must be longer than zero",
        "{'ttl':'401d'}                         | ttl is PT9624H; it may be at most 400d",
        "{'op':1}                               | op must be a string",
        "{'op':'PUT'}                           | op is 'PUT'; it must be one of put, set,",
        "{'value':1}                            | value is not for the op put",
        "{'if':'absent'}                        | if is not for the op put",
        "{'op':'set'}                           | value is missing; set needs it",
        "{'op':'set','value':null}              | value must be a whole number",
        "{'op':'set','value':1,'n':1}           | n is not for the op set",
        "{'op':'set','value':1,'if':'present'}  | if is 'present'; it can only be 'absent'",
        "{'op':'set','value':1,'if':true}       | if must be a string",
        "{'op':'reset','n':1}                   | n is not for the op reset",
        "{'op':'policy'}                        | policy is missing; null brings back",
        "{'op':'policy','policy':'total'}       | policy must be a JSON object",
        "{'op':'policy','policy':{}}            | kind is missing; it must be one of",
        "{'op':'defaults'}                      | policy is missing; op defaults needs one",
        "{'op':'defaults','policy':null}        | policy is missing; op defaults needs one",
        "{'op':'policy','policy':null,'onChange':'drop'} | onChange is 'drop'; it must be keep",
        "{'op':'tick','n':1}                    | n is not for the op tick",
      })
  void shouldNameTheFieldAndTheRuleThatItBreaks(String json, String message) {
    assertThatThrownBy(() -> decode(json.replace('\'', '"')))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "{\"n\":1",
        "{\"n\"}",
        "{\"n\":1}}",
        "{n:1}",
        "{'n':1}",
        "{\"n\":1,}",
        "nul",
        "{\"n\":1,\"n\":2}",
        "{\"ttl\":\"1s\",\"ttl\":\"1s\"}",
        "{\"n\":01}",
        "{\"n\":+1}",
        "{\"n\":NaN}",
        "{\"ttl\":\"\t\"}",
        "{} // no",
        "{\"n\":1} x"
      })
  void shouldRefuseWhatIsNotOneJsonObject(String text) {
    assertThatThrownBy(() -> decode(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("body is not JSON: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "\"put\"", "[]", "[{}]", " "})
  void shouldRefuseOtherJson(String text) {
    assertThatThrownBy(() -> decode(text)).hasMessage("value must be a JSON object");
  }

  @Test
  void shouldRefuseASecondObject() {
    assertThatThrownBy(() -> decode("{} {}"))
        .hasMessage("body has something after the JSON object");
  }

  @Test
  void shouldRefuseWhatIsTooDeep() {
    String deep = "{\"op\":\"policy\",\"policy\":" + "{\"kind\":".repeat(17) + "1";
    assertThatThrownBy(() -> decode(deep)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> decode("{\"n\":" + "[".repeat(100_000)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void shouldRefuseNumbersThatAreEndless() {
    assertThatThrownBy(() -> decode("{\"n\":" + "9".repeat(60_000) + "}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("body is not JSON: Number value length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
  void shouldReadUtf8Only(String charset) {
    byte[] value = "{\"n\":1}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> EventCodec.decode(value)).isInstanceOf(InvalidInputException.class);
    byte[] short16 = "{}".getBytes(UTF_16BE);
    assertThatThrownBy(() -> EventCodec.decode(short16)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void shouldRefuseMalformedUtf8() {
    byte[] overlong = {'{', '"', 'o', 'p', '"', ':', '"', (byte) 0xc1, (byte) 0xb0, '"', '}'};
    assertThatThrownBy(() -> EventCodec.decode(overlong)).hasMessage("body is not UTF-8");
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Event event) {
    assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
  }

  @Property
  void shouldReadOrRefuseAnything(@ForAll byte[] value) {
    try {
      var event = EventCodec.decode(value);
      assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    } catch (InvalidInputException refused) {
      assertThat(refused.field()).isNotNull();
    }
  }

  @Property
  @Domain(Contract.class)
  @Domain(DomainContext.Global.class)
  void shouldReadOrRefuseWhatCameDamaged(@ForAll Event event, @ForAll byte with, @ForAll int at) {
    byte[] value = EventCodec.encode(event);
    if (value.length > 0) {
      value[Math.floorMod(at, value.length)] = with;
      shouldReadOrRefuseAnything(value);
    }
  }

  private static Event decode(String json) {
    return EventCodec.decode(json.getBytes(UTF_8));
  }
}
