package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateUnitTest {
  @ParameterizedTest
  @CsvSource({
    "SECOND, 2026-03-31T10:20:30.001Z, 2026-03-31T10:20:31Z",
    "SECOND, 2026-03-31T10:20:30Z, 2026-03-31T10:20:31Z",
    "MINUTE, 2026-03-31T10:20:30Z, 2026-03-31T10:21:00Z",
    "HOUR, 2026-03-31T10:20:30Z, 2026-03-31T11:00:00Z",
    "DAY, 2026-03-31T10:20:30Z, 2026-04-01T00:00:00Z",
    "WEEK, 2026-03-31T10:20:30Z, 2026-04-06T00:00:00Z",
    "WEEK, 2026-04-06T00:00:00Z, 2026-04-13T00:00:00Z",
    "MONTH, 2026-01-31T10:20:30Z, 2026-02-01T00:00:00Z",
    "YEAR, 2028-02-29T10:20:30Z, 2029-01-01T00:00:00Z",
    "YEAR, 1969-12-31T23:59:59.999Z, 1970-01-01T00:00:00Z",
  })
  void shouldTellHowLongAUnitLasts(RateUnit unit, Instant at, Instant end) {
    long seconds = unit.secondsLeft(at.toEpochMilli());
    assertThat(at.plusSeconds(seconds)).isBetween(end, end.plusMillis(999));
  }

  @Test
  void shouldKnowUnitsByTheirNames() {
    assertThat(Arrays.stream(RateUnit.values()).map(unit -> RateUnit.named(unit.word())))
        .containsExactlyElementsOf(Arrays.stream(RateUnit.values()).map(Optional::of).toList());
    assertThat(RateUnit.named("Day")).hasValue(RateUnit.DAY);
    assertThat(RateUnit.named("unknown")).isEmpty();
    assertThat(RateUnit.named("")).isEmpty();
  }
}
