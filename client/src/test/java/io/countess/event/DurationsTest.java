package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms",
    "60s, PT1M, 1m",
    "90s, PT1M30S, 90s",
    "5m, PT5M, 5m",
    "1h, PT1H, 1h",
    "24h, PT24H, 1d",
    "7d, PT168H, 7d",
    "PT1M30S, PT1M30S, 90s",
    "P1D, PT24H, 1d",
    "pt0.25s, PT0.25S, 250ms",
  })
  void shouldReadAndWriteTheShortestForm(String text, Duration duration, String shortest) {
    assertThat(Durations.parse("ttl", text)).isEqualTo(duration);
    assertThat(Durations.format(duration)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "60",
        "60 s",
        "-5s",
        "+5s",
        "1.5s",
        "5w",
        "1m30s",
        "60S",
        "\u0661s",
        "1e3ms",
        "999999999999999999d",
        "99999999999999999999ms",
        "PT",
        "P1Y",
        "PT99999999999999999999S"
      })
  void shouldRefuseWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse("ttl", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("ttl is '" + text + "'; it must be a duration such as 500ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0ms", "PT0S", "PT-1S", "PT0.0001S", "PT1.0000001S"})
  void shouldRefuseWhatIsNotAWholeNumberOfMillisAboveZero(String text) {
    assertThatThrownBy(() -> Durations.parse("ttl", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("ttl is '" + text + "'; it must be longer than zero, in whole milliseconds");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT48H, 2d",
    "PT90S, 90s",
    "PT-1M, -60s",
    "PT0.0005S, 0.0005s",
    "PT9223372036854775807S, 9223372036854775807s",
  })
  void shouldShowAnyDurationInItsOwnForm(Duration duration, String shown) {
    assertThat(Durations.show(duration)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT9223372036854775807S", "PT9223372036854775.808S"})
  void shouldRefuseWhatDoesNotFitIntoMillis(String text) {
    assertThatThrownBy(() -> Durations.parse("ttl", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("that is too long");
  }

  @Property
  void shouldReadBackWhatItWrites(
      @ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long millis) {
    var duration = Duration.ofMillis(millis);
    assertThat(Durations.parse("ttl", Durations.format(duration))).isEqualTo(duration);
  }
}
