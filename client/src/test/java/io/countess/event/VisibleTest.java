package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void shouldShowWhatCanNotBeSeen() {
    Map.of(
            "\ufeffalice", "\\ufeffalice",
            "a\u200bb", "a\\u200bb",
            "a\u00a0b", "a\\u00a0b",
            "a\u2028b", "a\\u2028b",
            "\u202eevil", "\\u202eevil",
            "\u001b[2J", "\\u001b[2J",
            "\udb40\udc41x", "\\udb40\\udc41x")
        .forEach(
            (text, shown) -> {
              assertThat(Visible.of(text)).isEqualTo(shown);
              assertThat(new InvalidInputException("n", "is '" + text + "'").getMessage())
                  .isEqualTo("n is '" + shown + "'");
            });
    assertThat(Visible.of("\ud83d")).isEqualTo("\\ud83d");
  }

  @Test
  void shouldLeaveTheRestAsItIs() {
    String text = "Größe 日本 \ud83d\ude00 a~\\u";
    assertThat(Visible.of(text)).isSameAs(text);
  }
}
