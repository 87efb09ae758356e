package io.countess.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void shouldTakeTheLastOnesOfTheCommandLine() {
    byte[] commandLine = "java\0-cp\0x.jar\0Main\0count\0a\0día\0\0".getBytes(UTF_8);
    assertThat(Arguments.last(new String[] {"count", "a", "d??a", ""}, commandLine))
        .containsExactly("count", "a", "día", "");
  }

  @Test
  void shouldLeaveThemWhereThereAreTooFew() {
    String[] args = {"count", "a"};
    assertThat(Arguments.last(args, "a\0".getBytes(UTF_8))).isSameAs(args);
    assertThat(Arguments.exact(args)).containsExactly(args);
  }
}
