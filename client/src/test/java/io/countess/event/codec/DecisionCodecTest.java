package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Contract;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionCodecTest {
  private static final Decision REFUSED =
      new Decision(
          Outcome.REFUSED,
          Optional.of("limit is 5; the count would be 6"),
          OptionalLong.of(5),
          OptionalLong.of(5),
          OptionalLong.of(1500),
          1_700_000_000_000L,
          Optional.of(Position.of(2, 7)));

  @Test
  void shouldWriteEveryField() {
    assertThat(new String(DecisionCodec.encode(REFUSED), UTF_8))
        .isEqualTo(
            "{\"outcome\":\"refused\",\"reason\":\"limit is 5; the count would be 6\",\"count\":5,"
                + "\"limit\":5,\"remaining\":0,\"retryAfterMillis\":1500,\"at\":1700000000000,"
                + "\"position\":\"2@7\"}");
  }

  @Test
  void shouldLeaveOutWhatMakesNoSense() {
    assertThat(decode("{'outcome':'accepted','at':1}"))
        .isEqualTo(
            new Decision(
                Outcome.ACCEPTED,
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                Optional.empty()));
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
        "{'outcome':'late','at':1,'count':'1'}        | count must be a whole number",
        "{'outcome':'late','at':1,'position':'1'}     | position is '1'; it must look like",
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
