package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision.GaugeValue;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DecisionTest {
  @Test
  void shouldKnowWhatRemains() {
    assertThat(decision(OptionalLong.of(3), OptionalLong.of(5)).remaining()).hasValue(2);
    assertThat(decision(OptionalLong.of(7), OptionalLong.of(5)).remaining()).hasValue(0);
    assertThat(decision(OptionalLong.of(7), OptionalLong.empty()).remaining()).isEmpty();
    assertThat(decision(OptionalLong.empty(), OptionalLong.of(5)).remaining()).isEmpty();
  }

  @Test
  void shouldKnowWhatRemainsOfAGauge() {
    assertThat(new GaugeValue(1.5, OptionalDouble.of(4)).remaining()).hasValue(2.5);
    assertThat(new GaugeValue(5, OptionalDouble.of(4)).remaining()).hasValue(0);
    assertThat(new GaugeValue(5, OptionalDouble.empty()).remaining()).isEmpty();
    assertThat(new GaugeValue(-Double.MAX_VALUE, OptionalDouble.of(Double.MAX_VALUE)).remaining())
        .hasValue(Double.MAX_VALUE);
  }

  @Test
  void shouldTakeItsPlaceInTheLog() {
    var placed = decision(OptionalLong.of(3), OptionalLong.of(5)).at(Position.of(2, 9));
    assertThat(placed.position()).contains(Position.of(2, 9));
    assertThat(placed.count()).hasValue(3);
  }

  private static Decision decision(OptionalLong count, OptionalLong limit) {
    return new Decision(Outcome.ACCEPTED, Optional.empty(), 1_700_000_000_000L)
        .counting(count, limit);
  }
}
