package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import io.countess.event.Write;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchJsonTest {
  private static final CounterName A = CounterName.of("a", "{t}x");
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void shouldReadBatches() {
    var bytes = new CounterName(ByteString.utf8("b"), ByteString.of(new byte[] {(byte) 0xff}));
    String events =
        "[{'namespace':'a','key':'{t}x','n':2},{'namespace':'a','key':'{t}x','op':'set','value':3},"
            + "{'op':'write','namespace':'a','key':'{t}x','to':5,'if':'absent'},"
            + "{'namespaceBase64':'Yg==','keyBase64':'/w==','op':'reset'}]";

    assertThat(decode("{'op':'batch','events':" + events + ",'note':'é','id':'i'}"))
        .isEqualTo(
            new Batch(
                List.of(
                    new Batch.Part(A, Event.Put.of(2)),
                    new Batch.Part(A, new Event.SetValue(3, false)),
                    new Batch.Part(A, Write.of(new Write.Replace(5)).onlyIf(Write.If.ABSENT)),
                    new Batch.Part(bytes, new Event.Reset())),
                false,
                Optional.of("i"),
                Optional.of("é")));
    assertThat(decode("{'op':'batch','events':[{'namespace':'a','key':'{t}x'}],'together':true}"))
        .isEqualTo(Batch.together(List.of(new Batch.Part(A, Event.Put.ONE))));
  }

  @Test
  void shouldWriteWhatDoesNotGoWithoutSaying() {
    var batch = Batch.together(List.of(new Batch.Part(A, Event.Put.of(2)))).noting("why");

    assertThat(new String(EventCodec.encode(batch), UTF_8).replace('"', '\''))
        .isEqualTo(
            "{'op':'batch','events':[{'namespace':'a','key':'{t}x','n':2}],'together':true,"
                + "'note':'why'}");
  }

  @Test
  void shouldTakeTheNamespaceOfTheRecordForEventsThatNameNone() {
    byte[] value = utf8("{'op':'batch','events':[{'key':'{t}x'},{'namespace':'b','key':'{t}x'}]}");

    var batch = (Batch) EventCodec.decode(value, utf8("a/{t}x"));

    assertThat(batch.parts())
        .extracting(Batch.Part::counter)
        .containsExactly(A, CounterName.of("b", "{t}x"));
    assertThatThrownBy(() -> EventCodec.decode(value, utf8("a/{t}y")))
        .hasMessage("key of the record is not that of the first counter");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                          | events is missing; a batch needs them
          {'events':{}}                               | events must be an array of objects
          {'events':[]}                               | events are 0; there must be 1 to 100
          {'events':[1]}                              | events[0] must be a JSON object
          {'events':[{'key':'k'}]}                    | events[0].namespace is missing
          {'events':[{'namespace':'n'}]}              | events[0].key is missing
          {'events':[{'namespace':'n','key':'k','n':'1'}]} | events[0].n must be a number
          {'events':[{'namespace':'n','key':'k','op':'claim'}]} | events[0].counters is missing; a claim needs them
          {'events':[{'namespace':'n','key':'k','op':'tick'}]} | events[0].op is not one of put, set, write and reset; a batch has no others
          {'events':[{'namespace':'n','key':'k','value':1}]} | events[0].value is not for the op put
          {'events':[{'namespace':'n','key':'k','op':'set'}]} | events[0].value is missing; set needs it
          {'events':[{'namespace':'n','key':'k'}],'together':1} | together must be true or false
          {'events':[{'namespace':'n','key':'k'}],'n':1} | n is not for the op batch
          """)
  void shouldSayWhatIsWrong(String body, String message) {
    assertThatThrownBy(() -> decode(body.replaceFirst("\\{", "{'op':'batch',").replace(",}", "}")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void shouldHaveNoIdsOfPartsAndNoBatchesInBatches() {
    String nested = "{'op':'batch','events':[{'namespace':'n','key':'k',%s}]}";
    for (String field :
        List.of("'id':'i'", "'events':[]", "'counters':[]", "'note':'n'", "'x':1")) {
      String name = field.substring(1, field.indexOf(':') - 1);
      assertThatThrownBy(() -> decode(nested.formatted(field)))
          .hasMessageStartingWith(
              "events[0]." + name + " is not a field here; there are namespace");
    }
    assertThatThrownBy(() -> new Batch.Part(A, Event.Put.of(1).withId(Optional.of("i"))))
        .hasMessage("id is that of a whole batch, and not of a part of it");
  }

  @Test
  void shouldBoundPartsAndNotes() {
    var part = new Batch.Part(A, Event.Put.ONE);
    assertThat(Batch.inOrder(Collections.nCopies(100, part)).parts()).hasSize(100);
    assertThatThrownBy(() -> Batch.inOrder(Collections.nCopies(101, part)))
        .hasMessage("events are 101; there must be 1 to 100");
    assertThatThrownBy(() -> Batch.together(List.of(part, part)))
        .hasMessage("events have one counter twice; each may come once where they are together");
    var one = Batch.inOrder(List.of(part));
    assertThat(one.noting("é".repeat(256)).note().orElseThrow()).hasSize(256);
    assertThatThrownBy(() -> one.noting("é".repeat(256) + "x"))
        .hasMessage("note takes 513 bytes of UTF-8; it must take 0 to 512");
  }

  @Test
  void shouldNameAllItsNamespaces() {
    var b = CounterName.of("b", "{t}y");
    var batch =
        new Batch(
            List.of(new Batch.Part(A, Event.Put.ONE), new Batch.Part(b, new Event.Reset())),
            false,
            NONE,
            NONE);

    assertThat(batch.namespaces(A)).containsExactlyInAnyOrder(A.namespace(), b.namespace());
    assertThat(batch.namespaces(A).stream().allMatch(NamespacePatterns.parse("a")::cover))
        .isFalse();
  }

  private static Event decode(String json) {
    return EventCodec.decode(utf8(json));
  }

  private static byte[] utf8(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}
