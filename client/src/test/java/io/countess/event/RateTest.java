package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @CsvSource({
    "10/s, 10, PT1S",
    "100/m, 100, PT1M",
    "50/h, 50, PT1H",
    "5000/d, 5000, PT24H",
    "5/10s, 5, PT10S",
    "1/90m, 1, PT90M",
    "7/400d, 7, PT9600H"
  })
  void shouldReadAmountsPerPeriod(String text, long amount, Duration period) {
    assertThat(Rate.parse(text)).isEqualTo(new Rate(amount, period)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "/s",
        "10/",
        "10/ms",
        "10/w",
        "10/s2",
        "10/2 s",
        "10/123456789s",
        "-1/s",
        "1.5/s",
        "10 / s",
        "1/S"
      })
  void shouldRefuseWhatIsNoRate(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "rate is '" + text + "'; it must be a rate such as 10/s, 100/m, 50/h, 5000/d or 5/10s");
  }

  @Test
  void shouldRefuseARateOfZero() {
    assertThatThrownBy(() -> Rate.parse("0/s"))
        .hasMessage("rate is 0 a period; it must be from 1 to 999999999999999999");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT-1S, -1s", "PT0.5S, 500ms", "PT1.5S, 1500ms", "PT9600H1S, 34560001s"})
  void shouldRefuseOtherPeriods(Duration period, String shown) {
    assertThatThrownBy(() -> new Rate(1, period))
        .hasMessage("rate is per " + shown + "; its period must be whole seconds, from 1s to 400d");
  }

  @ParameterizedTest
  @CsvSource({"30/60s, 30/m", "1/1s, 1/s", "1/24h, 1/d", "1/0090s, 1/90s", "1/90m, 1/90m"})
  void shouldWriteThePeriodInItsLargestUnit(String text, String written) {
    assertThat(Rate.parse(text)).hasToString(written);
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Rate rate) {
    assertThat(Rate.parse(rate.toString())).isEqualTo(rate);
  }
}
