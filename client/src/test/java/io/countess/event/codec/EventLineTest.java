package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.Contract;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLineTest {
  @Test
  void shouldReadEveryField() {
    var line = decode("{'namespace':'logins','key':'alice','n':2,'ttl':'5s','at':1700000000000}");
    var put = new Event.Put(2, Optional.of(Duration.ofSeconds(5)));
    assertThat(line)
        .isEqualTo(
            new EventLine(
                CounterName.of("logins", "alice"), put, OptionalLong.of(1_700_000_000_000L)));
  }

  @Test
  void shouldReadNamesThatAreNotText() {
    var name = new CounterName(ByteString.of(new byte[] {(byte) 0xff}), ByteString.EMPTY);
    assertThat(decode("{'namespaceBase64':'/w==','keyBase64':''}").counter()).isEqualTo(name);
    assertThat(new String(new EventLine(name, Event.Put.ONE, OptionalLong.empty()).encode(), UTF_8))
        .isEqualTo("{\"namespaceBase64\":\"/w==\",\"key\":\"\"}");
  }

  @Test
  void shouldReadOtherOps() {
    assertThat(decode("{'op':'set','value':7,'key':'k','namespace':'n'}").event())
        .isEqualTo(new Event.SetValue(7, false));
    assertThat(decode("{'namespace':'n','key':'k','op':'reset'}").event())
        .isEqualTo(new Event.Reset());
    assertThat(decode("{'namespace':'n','key':'k','op':'release','of':'x','id':'y'}").event())
        .isEqualTo(new Event.Release("x", OptionalLong.empty(), Optional.of("y")));
    assertThat(decode("{'namespace':'n','key':'k','n':0.5}").event())
        .isEqualTo(Event.Put.of(Amount.of(0.5)));
  }

  @Test
  void shouldFindTheCounterOfAClaimInTheClaim() {
    var counters = "'op':'claim','counters':[{'namespace':'a','key':'{t}x','n':2},{'key':'{t}y'}]";
    var line = decode("{" + counters + ",'namespace':'b','at':7}");
    var claim =
        new Claim(
            List.of(
                Claim.Part.of(CounterName.of("a", "{t}x"), 2),
                Claim.Part.of(CounterName.of("b", "{t}y"), 1)),
            Optional.empty());
    assertThat(line).isEqualTo(new EventLine(claim.counter(), claim, OptionalLong.of(7)));
    assertThat(line.encode())
        .asString(UTF_8)
        .isEqualTo(
            "{'op':'claim','counters':[{'namespace':'a','key':'{t}x','n':2},{'namespace':'b','key':'{t}y'}],'at':7}"
                .replace('\'', '"'));
    assertThat(decode("{'key':'{t}x','namespace':'a'," + counters + "}").counter())
        .isEqualTo(claim.counter());
    assertThatThrownBy(() -> decode("{'key':'{t}y','namespace':'b'," + counters + "}"))
        .hasMessage("key is not that of the first counter of the claim");
    assertThatThrownBy(() -> decode("{" + counters + "}"))
        .hasMessage("counters[1].namespace is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'key':'k'}                                     | namespace is missing",
        "{'namespace':'n'}                               | key is missing",
        "{'namespace':1,'key':'k'}                       | namespace must be a string",
        "{'namespace':'n','key':null}                    | key must be a string",
        "{'namespace':'n','key':'k','keyBase64':'aw=='}  | keyBase64 is given twice, as text and",
        "{'namespaceBase64':'','namespace':'n','key':''} | namespace is given twice, as text and",
        "{'namespace':'n','keyBase64':'*'}               | keyBase64 is not Base64",
        "{'namespace':'n','keyBase64':'_w=='}            | keyBase64 is not Base64",
        "{'namespace':'n','key':'k','at':-1}             | at is -1; it must not be before 1970",
        "{'namespace':'n','key':'k','at':'now'}          | at ",
        "{'namespace':'n','key':'k','when':1}            | when is not a field here; there are",
        "{'namespace':'n','key':'k','value':1}           | value is not for the op put",
        "{'namespace':'n','key':'k','n':1,'n':2}         | n is given twice",
        "{'namespace':'n','key':'k'} 1                   | body has something after the JSON",
        "{'namespace':'n','key':'\\ud800'}               | key has half of a surrogate pair",
        "{'namespace':'\\udc00\\ud800','key':'k'}        | namespace has half of a surrogate pair",
        "[]                                              | line must be a JSON object",
      })
  void shouldNameTheFieldAndTheRuleThatItBreaks(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldReadWholeSurrogatePairs() {
    assertThat(decode("{'namespace':'n','key':'\\ud83d\\ude00'}").counter().key())
        .isEqualTo(ByteString.utf8("\ud83d\ude00"));
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() {
    assertThatThrownBy(() -> decode("{'namespace':'" + "n".repeat(65) + "','key':'k'}"))
        .hasMessage("namespace is 65 bytes long; at most 64 bytes are allowed");
    assertThatThrownBy(() -> decode("{'namespace':'n','key':'" + "k".repeat(4097) + "'}"))
        .hasMessage("key is 4097 bytes long; at most 4096 bytes are allowed");
  }

  @Property
  @Domain(Contract.class)
  @Domain(DomainContext.Global.class)
  void shouldReadBackWhatItWritesOnOneLine(
      @ForAll CounterName name,
      @ForAll Event event,
      @ForAll @LongRange(max = Instants.LAST_MILLIS) long at) {
    var when = at % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(at);
    var counter = event.first().orElse(name);
    byte[] line = new EventLine(counter, event, when).encode();
    assertThat(EventLine.decode(line)).isEqualTo(new EventLine(counter, event, when));
    assertThat(line).doesNotContain('\n').doesNotContain('\r');
  }

  private static EventLine decode(String json) {
    return EventLine.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
