package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AmountTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Property
  void shouldHoldEveryWholeNumber(@ForAll long n) {
    assertThat(Amount.of(n).isWhole()).isTrue();
    assertThat(Amount.of(n).whole()).isEqualTo(n);
    assertThat(Amount.of(n).real()).isEqualTo((double) n);
    assertThat(Amount.of(n)).hasToString(Long.toString(n)).isEqualTo(Amount.of(n));
  }

  @Property
  void shouldHoldEveryRealNumber(@ForAll double n) {
    assertThat(Amount.of(n).isWhole()).isFalse();
    assertThat(Amount.of(n).real()).isEqualTo(n);
    assertThat(Amount.of(n)).hasToString(Double.toString(n)).isEqualTo(Amount.of(n));
  }

  @Test
  void shouldTellWholeFromRealNumbersAndTheZerosApart() {
    assertThat(Amount.of(2)).isNotEqualTo(Amount.of(2.0));
    assertThat(Amount.of(0.0)).isNotEqualTo(Amount.of(-0.0));
    assertThatThrownBy(() -> Amount.of(2.0).whole()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldKeepSmallWholeNumbers() {
    for (long n = -128; n < 1024; n++) {
      assertThat(Amount.of(n)).isSameAs(Amount.of(n)).isEqualTo(new Amount.Whole(n));
    }
    assertThat(Amount.of(-129).whole()).isEqualTo(-129);
    assertThat(Amount.of(1024).whole()).isEqualTo(1024);
    assertThat(Event.Put.of(1)).isSameAs(Event.Put.ONE).isSameAs(Event.Put.of(Amount.of(1)));
  }

  @Test
  void shouldBePutAndSetOnlyIfFinite() {
    assertThatThrownBy(() -> Event.Put.of(Amount.of(INFINITE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("n is Infinity; it must be a finite number");
    assertThatThrownBy(() -> new Event.SetValue(Amount.of(Double.NaN), false, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("value is NaN; it must be a finite number");
  }

  @Test
  void shouldHaveTimeToLiveOnlyIfWhole() {
    var ttl = Optional.of(Duration.ofSeconds(1));
    assertThatThrownBy(() -> new Event.Put(Amount.of(0.5), ttl, Optional.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("ttl is for whole numbers that fit into 64 bits; n is 0.5");
  }
}
