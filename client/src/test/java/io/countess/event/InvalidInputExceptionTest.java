package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvalidInputExceptionTest {
  @Test
  void shouldSayTheFieldAndTheRule() {
    var invalid = new InvalidInputException("ttl", "is too long");
    assertThat(invalid).hasMessage("ttl is too long");
    assertThat(invalid.field()).isEqualTo("ttl");
  }

  @Test
  void shouldShortenWhatItQuotes() {
    var invalid = new InvalidInputException("f".repeat(60_000), "is '" + "x".repeat(60_000) + "'");
    assertThat(invalid.field()).hasSize(64);
    assertThat(invalid.getMessage()).hasSize(64 + 1 + 400).endsWith("xx'");
  }

  @Test
  void shouldSayNothingThatUtf8CantSay() {
    var invalid = new InvalidInputException("\ud800", "is '" + "\ud83d\ude00".repeat(400) + "'");
    assertThat(invalid.getMessage().codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }
}
