package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.Contract;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void shouldReadNothingAsOnePut() {
    assertThat(EventCodec.decode(null)).isEqualTo(Event.Put.ONE);
    assertThat(EventCodec.decode(new byte[0])).isEqualTo(Event.Put.ONE);
    assertThat(decode("{}")).isEqualTo(Event.Put.ONE);
    assertThat(EventCodec.encode(Event.Put.ONE)).isEmpty();
  }

  @Test
  void shouldReadPuts() {
    assertThat(decode("{\"op\":\"put\"}")).isEqualTo(Event.Put.ONE);
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

  @Test
  void shouldReadChangesToPlans() {
    var toPro = Event.ChangePolicy.toPlan("pro", OnChange.RESET);
    assertThat(decode("{'op':'policy','plan':'pro','onChange':'reset'}")).isEqualTo(toPro);
    assertThat(decode("{'op':'policy','policy':null,'plan':'pro','onChange':'reset'}"))
        .isEqualTo(toPro);
    assertThat(decode("{'op':'policy','plan':'pro','onChange':'reset','ifVersion':7}"))
        .isEqualTo(toPro.ifVersion(OptionalLong.of(7)));
  }

  @Test
  void shouldReadNumbersThatAreNotWhole() {
    assertThat(decode("{'n':1.5}")).isEqualTo(Event.Put.of(Amount.of(1.5)));
    assertThat(decode("{'n':2.0,'id':'x'}"))
        .isEqualTo(new Event.Put(Amount.of(2.0), Optional.empty(), Optional.of("x")));
    assertThat(decode("{'n':-1e3}")).isEqualTo(Event.Put.of(Amount.of(-1000.0)));
    assertThat(decode("{'n':9223372036854775808}")).isEqualTo(Event.Put.of(Amount.of(0x1p63)));
    assertThat(decode("{'n':-9223372036854775809}")).isEqualTo(Event.Put.of(Amount.of(-0x1p63)));
    assertThat(decode("{'op':'set','value':0.1}"))
        .isEqualTo(new Event.SetValue(Amount.of(0.1), false, NONE));
    assertThat(decode("{'op':'set','value':-0.0,'if':'absent'}"))
        .isEqualTo(new Event.SetValue(Amount.of(-0.0), true, NONE));
  }

  @Test
  void shouldReadIds() {
    var id = Optional.of("é 1");
    assertThat(decode("{'id':'é 1'}")).isEqualTo(new Event.Put(1, Optional.empty(), id));
    assertThat(decode("{'op':'set','value':1,'id':'é 1'}"))
        .isEqualTo(new Event.SetValue(1, false, id));
    assertThat(decode("{'op':'reset','id':'é 1'}")).isEqualTo(new Event.Reset(id));
    assertThat(decode("{'op':'release','of':'x','n':2,'id':'é 1'}"))
        .isEqualTo(new Event.Release("x", OptionalLong.of(2), id));
    assertThat(decode("{'of':'x','op':'release'}"))
        .isEqualTo(new Event.Release("x", OptionalLong.empty(), NONE));
  }

  @Test
  void shouldReadClaims() {
    var bytes = new CounterName(ByteString.utf8("a"), ByteString.of(new byte[] {(byte) 0xff}));
    var counters =
        "[{'namespace':'a','key':'{t}x','n':-2,'ttl':'30s'},{'namespaceBase64':'YQ==',"
            + "'keyBase64':'/w=='}]";
    assertThat(decode("{'op':'claim','counters':" + counters + ",'id':'c'}"))
        .isEqualTo(
            new Event.Claim(
                List.of(
                    new Claim.Part(
                        CounterName.of("a", "{t}x"), -2, Optional.of(Duration.ofSeconds(30))),
                    Claim.Part.of(bytes, 1)),
                Optional.of("c")));
  }

  @Test
  void shouldTakeTheNamespaceOfTheRecordForCountersThatNameNone() {
    byte[] value =
        bytes("{'op':'claim','counters':[{'key':'{t}x'},{'namespace':'b','key':'{t}x'}]}");
    assertThat(EventCodec.decode(value, "a/{t}x".getBytes(UTF_8)))
        .isEqualTo(
            new Event.Claim(
                List.of(
                    Claim.Part.of(CounterName.of("a", "{t}x"), 1),
                    Claim.Part.of(CounterName.of("b", "{t}x"), 1)),
                NONE));
  }

  @Test
  void shouldFindClaimsUnderTheirFirstCounterOnly() {
    byte[] value = bytes("{'op':'claim','counters':[{'namespace':'a','key':'{t}x'}]}");
    for (String other : new String[] {"a/{t}y", "b/{t}x", "a/"}) {
      assertThatThrownBy(() -> EventCodec.decode(value, other.getBytes(UTF_8)))
          .hasMessage("key of the record is not that of the first counter");
    }
    assertThatThrownBy(() -> EventCodec.decode(value, null)).hasMessageStartingWith("key is miss");
    assertThat(EventCodec.decode(bytes("{'n':2}"), null)).isEqualTo(Event.Put.of(2));
  }

  @Test
  void shouldReadTheVersionThatAChangeExpects() {
    assertThat(decode("{'op':'policy','policy':null,'ifVersion':-1}"))
        .isEqualTo(
            new Event.ChangePolicy(
                Optional.empty(), OnChange.KEEP, OptionalLong.of(Event.ChangePolicy.NO_VERSION)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'n':2}",
        "{'ttl':'5s'}",
        "{'n':-1,'ttl':'5s','id':'x'}",
        "{'n':2.0}",
        "{'n':1.0E300,'id':'x'}",
        "{'op':'set','value':5}",
        "{'op':'set','value':5,'if':'absent','id':'x'}",
        "{'op':'set','value':0.5,'if':'absent'}",
        "{'op':'reset'}",
        "{'op':'reset','id':'x'}",
        "{'op':'release','of':'x'}",
        "{'op':'release','of':'x','n':2,'id':'y'}",
        "{'op':'claim','counters':[{'namespace':'a','key':'{t}x'}]}",
        "{'op':'claim','counters':[{'namespace':'a','key':'{t}x','n':2,'ttl':'30s'},"
            + "{'namespace':'b','keyBase64':'/w=='}],'id':'x'}",
        "{'op':'policy','policy':null}",
        "{'op':'policy','policy':{'kind':'leaky','rate':'1/s'},'onChange':'reset','ifVersion':7}",
        "{'op':'policy','plan':'pro'}",
        "{'op':'policy','plan':'pro','onChange':'reset','ifVersion':-1}",
        "{'op':'defaults','policy':{'kind':'expiring','ttl':'1m'}}",
        "{'op':'defaults','policy':{'kind':'leaky','rate':'1/s'},'onChange':'reset','ifVersion':7}",
        "{'op':'tick'}",
      })
  void shouldWriteTheseBytes(String golden) {
    byte[] value = bytes(golden);
    assertThat(EventCodec.encode(EventCodec.decode(value)))
        .asString(UTF_8)
        .isEqualTo(new String(value, UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'x':1}                                | x is not a field here; there are op, n, ttl,",
        "{'N':1}                                | N is not a field here",
        "{'n':'1'}                              | n must be a number",
        "{'n':null}                             | n must be a number",
        "{'n':[1]}                              | n must be a number",
        "{'n':1e999}                            | n is Infinity; it must be a finite number",
        "{'n':1.5,'ttl':'1s'}                   | ttl is for whole numbers that fit into 64 bits;",
        "{'id':1}                               | id must be a string",
        "{'id':''}                              | id takes 0 bytes of UTF-8; it must take 1 to",
        "{'id':'a\\udc00'}                      | id has half of a surrogate pair at index 1",
        "{'of':'x'}                             | of is not for the op put",
        "{'ttl':60}                             | ttl must be a string",
        "{'ttl':'60'}                           | ttl is '60'; it must be a duration",
        "{'ttl':'0s'}                           | ttl is '0s'; it must be longer than zero",
        "{'ttl':'401d'}                         | ttl is 401d; it may be at most 400d",
        "{'op':1}                               | op must be a string",
        "{'op':'PUT'}                           | op is 'PUT'; it must be one of put, set,",
        "{'value':1}                            | value is not for the op put",
        "{'if':'absent'}                        | if is not for the op put",
        "{'op':'set'}                           | value is missing; set needs it",
        "{'op':'set','value':null}              | value must be a number",
        "{'op':'set','value':1,'n':1}           | n is not for the op set",
        "{'op':'set','value':1,'if':'present'}  | if is 'present'; it can only be 'absent'",
        "{'op':'set','value':1,'if':true}       | if must be a string",
        "{'op':'reset','n':1}                   | n is not for the op reset",
        "{'op':'set','value':1e999}             | value is Infinity; it must be a finite",
        "{'op':'reset','of':'x'}                | of is not for the op reset",
        "{'op':'release'}                       | of is missing; it is the id of what is",
        "{'op':'release','of':''}               | of takes 0 bytes of UTF-8; it must take 1",
        "{'op':'release','of':'x','n':0}        | n is 0; it must be at least 1",
        "{'op':'release','of':'x','n':1.5}      | n is 1.5; it must be a whole number that",
        "{'op':'release','of':'x','id':'x'}     | id is the id of what is released",
        "{'op':'release','of':'x','ttl':'1s'}   | ttl is not for the op release",
        "{'op':'claim'}                         | counters is missing; a claim needs them",
        "{'op':'claim','counters':{}}           | counters must be an array of objects",
        "{'op':'claim','counters':[]}           | counters are 0; there must be 1 to 100",
        "{'op':'claim','counters':[1]}          | counters[0] must be a JSON object",
        "{'op':'claim','counters':[{'key':'k'}]}| counters[0].namespace is missing",
        "{'op':'claim','counters':[{'namespace':'a'}]} | counters[0].key is missing",
        "{'op':'claim','counters':[{'x':1}]}    | counters[0].x is not a field here; there are",
        "{'op':'claim','counters':[{'n':1.5}]}  | counters[0].n is 1.5; claims take whole",
        "{'op':'claim','counters':[{'keyBase64':'*'}]} | counters[0].keyBase64 is not Base64",
        "{'op':'claim','counters':[{'keyBase64':1}]}   | counters[0].keyBase64 must be a string",
        "{'op':'claim','counters':[{'ttl':'0'}]}       | counters[0].ttl is '0'; it must be a",
        "{'op':'claim','n':1}                   | n is not for the op claim",
        "{'op':'policy','policy':null,'ifVersion':null} | ifVersion must be a whole number",
        "{'op':'policy','policy':null,'ifVersion':-3}   | ifVersion is -3; it must be a version,",
        "{'op':'policy','policy':null,'id':'x'} | id is not for the op policy",
        "{'op':'defaults','id':'x'}             | id is not for the op defaults",
        "{'op':'policy'}                        | policy is missing; null takes it away",
        "{'op':'policy','policy':'total'}       | policy must be a JSON object",
        "{'op':'policy','policy':{}}            | kind is missing; it must be one of",
        "{'op':'policy','plan':null}            | plan must be a string",
        "{'op':'policy','plan':''}              | plan has the name '' of 0 bytes of UTF-8; it",
        "{'op':'policy','plan':'\\ud800'}        | plan has half of a surrogate pair",
        "{'op':'policy','plan':'p','policy':{'kind':'total'}} | plan and policy are both there;",
        "{'op':'defaults','plan':'p'}           | plan is not for the op defaults",
        "{'plan':'p'}                           | plan is not for the op put",
        "{'op':'defaults'}                      | policy is missing; there is always a default",
        "{'op':'defaults','policy':null}        | policy is null; there is always a default",
        "{'op':'policy','policy':null,'onChange':'drop'} | onChange is 'drop'; it must be keep",
        "{'op':'tick','n':1}                    | n is not for the op tick",
      })
  void shouldNameTheFieldAndTheRuleThatItBreaks(String json, String message) {
    assertThatThrownBy(() -> decode(json))
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
        "{\"n\":1,}",
        "nul",
        "{\"n\":01}",
        "{\"n\":+1}",
        "{\"n\":nan}",
        "{\"ttl\":\"\t\"}",
        "{} // no",
        "{\"n\":1} x"
      })
  void shouldRefuseWhatIsNotOneJsonObject(String text) {
    assertThatThrownBy(() -> decode(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("body is not JSON");
  }

  @Test
  void shouldShowWhereWhatIsNotJsonGoesWrong() {
    assertThatThrownBy(() -> decode("n=1")).hasMessage("body is not JSON near 'n=1'");
    assertThatThrownBy(() -> decode("{\"n\":1} // no"))
        .hasMessage("body is not JSON near '{\"n\":1} // no'");
    String umlauts = "ä".repeat(50);
    assertThatThrownBy(() -> decode("{\"id\":\"" + umlauts + "\",n:1,\"if\":\"" + umlauts + "\"}"))
        .hasMessageMatching("body is not JSON near 'ä{9,12}\",n:1,\"if\":\"ä'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'n':NaN}                              | n is NaN; it must be a finite number",
        "{'n':-Infinity}                        | n is -Infinity; it must be a finite number",
        "{'op':'set','value':Infinity}          | value is Infinity; it must be a finite number",
        "{'n':1,'n':2}                          | n is given twice",
        "{'ttl':'1s','ttl':'1s'}                | ttl is given twice",
      })
  void shouldSayWhatIsWrongWithWhatIsAlmostJson(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
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
        .hasMessageStartingWith("body has a number or a name that is too long");
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
    return EventCodec.decode(bytes(json));
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}
