package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @Test
  void shouldReadOffsetsInAnyOrderAndKeepTheHighest() {
    var position = Position.parse(" 3@4, 0@17,3@2 ");
    assertThat(position).hasToString("0@17,3@4");
    assertThat(position.offset(3)).hasValue(4);
    assertThat(position.offset(1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void shouldReadNothingAsNoDemand(String text) {
    assertThat(Position.parse(text)).isEqualTo(Position.NONE).hasToString("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "@",
        "1@",
        "@1",
        "1@2@3",
        "-1@2",
        "1@-2",
        "+1@2",
        "a@b",
        ",",
        "1@2,",
        "1@2;3@4",
        "1 @2",
        "99999999999@1",
        "1@9999999999999999999",
        "\u0661@\u0662",
        "0x1@2"
      })
  void shouldRefuseAnythingElse(String text) {
    assertThatThrownBy(() -> Position.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("must look like 0@17");
  }

  @Test
  void shouldNotChangeWithTheMapItWasMadeFrom() {
    var offsets = new TreeMap<Integer, Long>();
    offsets.put(1, 2L);
    var position = new Position(offsets);
    offsets.put(1, 3L);
    assertThat(position).isEqualTo(Position.of(1, 2));
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Position position) {
    assertThat(Position.parse(position.toString())).isEqualTo(position);
  }

  @Property
  @Domain(Contract.class)
  void shouldJoinToTheHigherOffsets(@ForAll Position one, @ForAll Position other) {
    var both = one.and(other);
    assertThat(both).isEqualTo(other.and(one)).isEqualTo(both.and(one)).isEqualTo(both.and(both));
    assertThat(both).isEqualTo(Position.parse(one + (oneIsEmpty(one, other) ? "" : ",") + other));
  }

  private static boolean oneIsEmpty(Position one, Position other) {
    return one.offsets().isEmpty() || other.offsets().isEmpty();
  }
}
