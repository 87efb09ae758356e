package io.countess.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalPlaceTest {
  @ParameterizedTest
  @ValueSource(strings = {"0@0", "15@999999999999999999", "3@17.1", "3@17.255"})
  void shouldReadWhatItWrites(String text) {
    assertThat(JournalPlace.parse("before", text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "@17", "0@", "-1@17", "0@17.", "0@17.256", "0@17,1@3", "0@x"})
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> JournalPlace.parse("before", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("before is '" + text + "'; it must be a position such as 0@17");
  }

  @Test
  void shouldSayThePositionOfItsRecord() {
    assertThat(new JournalPlace(3, 17, 2).position()).isEqualTo(Position.of(3, 17));
  }
}
