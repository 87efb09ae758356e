package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How finely ends are kept. */
class ResolutionTest {
  @ParameterizedTest
  @CsvSource({
    "1, 10",
    "1999, 10",
    "2000, 1000",
    "60000, 1000",
    "256000, 1000",
    "256001, 2000",
    "512000, 2000",
    "3600000, 16000",
    "86400000, 512000"
  })
  void shouldBeTheLeastPowerOfTwoSecondsThatIsATimeToLiveIn256(long ttl, long resolution) {
    assertThat(Resolution.of(ttl)).isEqualTo(resolution);
  }

  @ParameterizedTest
  @CsvSource({"1000, 2000, 1000, 3000", "1001, 2000, 1000, 4000", "1, 5, 10, 10", "5, 5, 10, 10"})
  void shouldRoundEndsUp(long at, long ttl, long resolution, long end) {
    assertThat(Resolution.end(at, ttl, resolution)).isEqualTo(end);
  }
}
