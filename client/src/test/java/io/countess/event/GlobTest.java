package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @ValueSource(strings = {"[", "a[", "a[b", "[^", "[]", "[a-", "[\\]", "x[y]z["})
  void shouldRefuseASetThatIsNotClosed(String pattern) {
    assertThatThrownBy(() -> Glob.of(pattern))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("']' is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "[a-c]x, bx, true",
    "[a-c]x, dx, false",
    "[^a]*, bcd, true",
    "[]], ], true",
    "[a-], -, true",
    "'\\[', '[', true",
    "'[Z-\\]]', '\\', true",
    "'[Z-\\]]', ']', true",
    "'[Z-\\]]', '^', false",
    "a*[0-9], a-b-7, true",
    "a?c, abc, true"
  })
  void shouldMatch(String pattern, String key, boolean matches) {
    assertThat(Glob.of(pattern).matches(ByteString.utf8(key))).isEqualTo(matches);
  }
}
