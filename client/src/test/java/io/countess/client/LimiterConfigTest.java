package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.client.LimiterConfig.Fallback;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimiterConfigTest {
  private static final Duration SHORTLY = Duration.ofMillis(50);

  @Test
  void shouldHaveDefaults() {
    var second = Duration.ofSeconds(1);
    assertThat(LimiterConfig.failOpen(SHORTLY))
        .isEqualTo(new LimiterConfig(Fallback.OPEN, SHORTLY, 64, 5, second, 10_000));
    assertThat(LimiterConfig.failClosed(SHORTLY))
        .isEqualTo(new LimiterConfig(Fallback.CLOSED, SHORTLY, 64, 5, second, 10_000));
  }

  @Test
  void shouldTakeEverySettingOver() {
    assertThat(
            LimiterConfig.failClosed(SHORTLY)
                .withMostWaiting(1)
                .withPause(2, Duration.ofSeconds(3))
                .withMostLater(4))
        .isEqualTo(new LimiterConfig(Fallback.CLOSED, SHORTLY, 1, 2, Duration.ofSeconds(3), 4));
  }

  @Test
  void shouldBoundAll() {
    var config = LimiterConfig.failOpen(SHORTLY);
    assertThatThrownBy(() -> LimiterConfig.failOpen(Duration.ofSeconds(61)))
        .hasMessage("timeout is 61s; it must be from 1ms to 60s");
    assertThatThrownBy(() -> config.withMostWaiting(0))
        .hasMessage("mostWaiting is 0; it must be from 1 to 1000000");
    assertThatThrownBy(() -> config.withPause(0, SHORTLY))
        .hasMessage("mostFailures is 0; it must be from 1 to 1000000");
    assertThatThrownBy(() -> config.withPause(1, Duration.ofMillis(9)))
        .hasMessage("pause is 9ms; it must be from 10ms to 1h");
    assertThatThrownBy(() -> config.withMostLater(-1))
        .hasMessage("mostLater is -1; it must be from 0 to 1000000");
  }
}
