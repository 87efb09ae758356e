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
  @CsvSource({"10/s, 10, PT1S", "100/m, 100, PT1M", "50/h, 50, PT1H", "5000/d, 5000, PT24H"})
  void shouldReadAmountsPerPeriod(String text, long amount, Duration period) {
    assertThat(Rate.parse(text)).isEqualTo(new Rate(amount, period)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "/s", "10/", "10/ms", "10/w", "10/2s", "-1/s", "1.5/s", "10 / s", "1/S"})
  void shouldRefuseWhatIsNoRate(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "rate is '" + text + "'; it must be a rate such as 10/s, 100/m, 50/h or 5000/d");
  }

  @Test
  void shouldRefuseARateOfZero() {
    assertThatThrownBy(() -> Rate.parse("0/s"))
        .hasMessage("rate is 0 a period; it must be from 1 to 999999999999999999");
  }

  @Test
  void shouldKnowFourPeriodsOnly() {
    assertThatThrownBy(() -> new Rate(1, Duration.ofSeconds(2)))
        .hasMessage("rate is per 2s; it must be per second, minute, hour or day");
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Rate rate) {
    assertThat(Rate.parse(rate.toString())).isEqualTo(rate);
  }
}
