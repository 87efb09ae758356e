package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @Test
  void shouldReadWholeNumbersOf64BitsExactly() {
    assertThat(Numbers.parse("n", "-9223372036854775808")).isEqualTo(Amount.of(Long.MIN_VALUE));
    assertThat(Numbers.parse("n", "+5")).isEqualTo(Amount.of(5L));
    assertThat(Numbers.parse("n", "9223372036854775808")).isEqualTo(Amount.of(0x1p63));
  }

  @Test
  void shouldReadFractions() {
    assertThat(Numbers.parse("n", "-.5")).isEqualTo(Amount.of(-0.5));
    assertThat(Numbers.parse("n", "1.")).isEqualTo(Amount.of(1.0));
    assertThat(Numbers.parse("n", "25e-1")).isEqualTo(Amount.of(2.5));
    assertThat(Numbers.parse("n", "1e999")).isEqualTo(Amount.of(Double.POSITIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0x1p3", "1f", "NaN", "Infinity", "1 2", "٣", ".", "e5"})
  void shouldRefuseWhatIsNone(String text) {
    assertThatThrownBy(() -> Numbers.parse("n", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("n is '" + text + "'; it must be a number");
  }

  @Test
  void shouldReadWholeNumbersOfAsciiAlone() {
    assertThat(Numbers.whole("-9223372036854775808")).hasValue(Long.MIN_VALUE);
    assertThat(Numbers.whole("+5")).hasValue(5);
    for (String other : new String[] {"", "٣", "１", "9223372036854775808", "1.0", "1e3", " 1"}) {
      assertThat(Numbers.whole(other)).as(other).isEmpty();
    }
    assertThat(Numbers.wholeOf32("-2147483648")).hasValue(Integer.MIN_VALUE);
    assertThat(Numbers.wholeOf32("2147483648")).isEmpty();
    assertThat(Numbers.wholeOf32("4294967297")).isEmpty();
    assertThatThrownBy(() -> Instants.parseMillis("at", "١٧٠٠٠٠٠٠٠٠٠٠٠"))
        .isInstanceOf(InvalidInputException.class);
  }
}
