package io.countess.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
  @Test
  void shouldShowHowFarItIsAndHowLongItTakes() {
    assertThat(ProgressLine.of("auth.log", 123_456, 10, 0.25))
        .isEqualTo("auth.log  123.5k lines  12.3k/s  [#####---------------]  25%  ETA 0:30");
  }

  @Test
  void shouldShowTheTimeWhereTheEndIsUnknown() {
    assertThat(ProgressLine.of("-", 1_234_567, 61, -1)).isEqualTo("-  1.2M lines  20.2k/s  1:01");
  }

  @Test
  void shouldShowTheStartAndTheEnd() {
    assertThat(ProgressLine.of("f", 0, 0, 0))
        .endsWith("0 lines  0/s  [" + "-".repeat(20) + "]   0%  ETA ?");
    assertThat(ProgressLine.of("f", 9, 1, 1)).endsWith("[" + "#".repeat(20) + "] 100%  ETA 0:00");
  }

  @Test
  void shouldShortenNamesAndNotLetThemSteer() {
    assertThat(ProgressLine.of("/var/log/" + "x".repeat(30), 0, 0, -1))
        .startsWith("…" + "x".repeat(23) + "  0 lines");
    assertThat(ProgressLine.of("a\u001bb", 0, 0, -1)).startsWith("a\\u001bb  ");
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "59.6, 1:00", "3599, 59:59", "3600, 1:00:00", "90061, 25:01:01"})
  void shouldWriteTimes(double seconds, String text) {
    assertThat(ProgressLine.clock(seconds)).isEqualTo(text);
  }
}
