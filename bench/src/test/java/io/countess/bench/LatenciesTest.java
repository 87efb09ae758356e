package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void shouldSayWhatAShareOfTheOperationsTookAtMost() {
    var latencies = new Latencies(200);
    for (int i = 0; i < 100; i++) {
      latencies.set(i, (100 - i) * 1_000_000L);
    }

    assertThat(latencies.millis(50, 100)).isEqualTo(50);
    assertThat(latencies.millis(99, 100)).isEqualTo(99);
    assertThat(latencies.millis(100, 100)).isEqualTo(100);
  }

  @Test
  void shouldSayWhatTheOnlyOperationTook() {
    var latencies = new Latencies(1);
    latencies.set(0, 2_500_000);

    assertThat(latencies.millis(50, 1)).isEqualTo(2.5);
    assertThat(latencies.millis(99, 1)).isEqualTo(2.5);
  }

  @Test
  void shouldNotMakeUpAFigureWhereNothingWasMeasured() {
    var latencies = new Latencies(1);

    assertThatThrownBy(() -> latencies.millis(50, 0)).isInstanceOf(BenchException.class);
  }
}
