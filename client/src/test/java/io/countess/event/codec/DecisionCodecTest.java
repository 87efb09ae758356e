package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Contract;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionCodecTest {
  private static final Decision REFUSED =
      new Decision(
              Outcome.REFUSED, Optional.of("limit is 5; the count would be 6"), 1_700_000_000_000L)
          .counting(OptionalLong.of(5), OptionalLong.of(5))
          .retryAfter(OptionalLong.of(1500))
          .at(Position.of(2, 7))
          .freeing(OptionalLong.of(1200), OptionalLong.of(4000));

  @Test
  void shouldWriteEveryField() {
    assertThat(new String(DecisionCodec.encode(REFUSED), UTF_8))
        .isEqualTo(
            "{\"outcome\":\"refused\",\"reason\":\"limit is 5; the count would be 6\",\"count\":5,"
                + "\"limit\":5,\"remaining\":0,\"retryAfterMillis\":1500,"
                + "\"moreAfterMillis\":1200,\"freeAfterMillis\":4000,\"at\":1700000000000,\"position\":\"2@7\"}");
  }

  @Test
  void shouldLeaveOutWhatMakesNoSense() {
    assertThat(decode("{'outcome':'accepted','at':1}"))
        .isEqualTo(new Decision(Outcome.ACCEPTED, Optional.empty(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'outcome':'conflict','at':1}",
        "{'outcome':'outdated','at':1}",
        "{'outcome':'accepted','count':3,'at':1,'replayed':true,'wouldRefuse':true,'released':2}",
        "{'outcome':'accepted','count':1.5,'limit':4.0,'remaining':2.5,'at':1}",
        "{'outcome':'accepted','count':2.0,'at':1}",
        "{'outcome':'refused','reason':'r','at':1,'position':'0@7','parts':["
            + "{'namespace':'a','key':'{t}x','outcome':'accepted','count':3,'at':1},"
            + "{'namespace':'b','keyBase64':'/w==','outcome':'refused','reason':'r','count':5,"
            + "'limit':5,'remaining':0,'retryAfterMillis':9,'at':1}]}",
      })
  void shouldWriteTheseBytes(String golden) {
    assertThat(DecisionCodec.encode(decode(golden)))
        .asString(UTF_8)
        .isEqualTo(golden.replace('\'', '"'));
  }

  @Test
  void shouldTellAGaugeByItsFractionPoint() {
    var gauge = decode("{'outcome':'accepted','at':1,'count':2.0,'limit':3}");
    assertThat(gauge.details().gauge()).contains(new GaugeValue(2, OptionalDouble.of(3)));
    assertThat(gauge.count()).isEmpty();
    assertThat(gauge.limit()).isEmpty();
    var total = decode("{'outcome':'accepted','at':1,'count':2,'limit':3}");
    assertThat(total.details()).isEqualTo(Decision.Details.NONE);
    assertThat(total.remaining()).hasValue(1);
  }

  @Test
  void shouldPassOverWhatANewerServerSays() {
    var newer = "{'outcome':'late','at':1,'replayed':true,'more':{'deep':[1,{}]},'count':null}";
    assertThat(decode(newer).outcome()).isEqualTo(Outcome.LATE);
    assertThat(decode(newer).count()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'at':1}                                     | outcome is missing from the decision",
        "{'outcome':'accepted'}                       | at is missing from the decision",
        "{'outcome':'ACCEPTED','at':1}                | outcome is 'ACCEPTED', which is not known",
        "{'outcome':'maybe','at':1}                   | outcome is 'maybe', which is not known",
        "{'outcome':1,'at':1}                         | outcome must be a string",
        "{'outcome':'late','at':'1'}                  | at must be a whole number",
        "{'outcome':'late','at':1,'count':'1'}        | count must be a number",
        "{'outcome':'late','at':1,'position':'1'}     | position is '1'; it must look like",
        "{'outcome':'late','at':1,'parts':{}}         | parts must be an array",
        "{'outcome':'late','at':1,'parts':[{}]}       | parts.namespace is missing",
        "{'outcome':'late','at':1,'parts':[{'namespace':'a','key':'k'}]} | outcome is missing",
        "[]                                           | decision must be a JSON object",
      })
  void shouldRefuseWhatIsNoDecision(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Decision decision) {
    assertThat(DecisionCodec.decode(DecisionCodec.encode(decision))).isEqualTo(decision);
  }

  private static Decision decode(String json) {
    return DecisionCodec.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
