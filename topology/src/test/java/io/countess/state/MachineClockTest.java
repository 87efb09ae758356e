package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MachineClockTest {
  private static final long TODAY = 1_700_000_000_000L;
  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  private long wall = TODAY + HOUR;
  private long steady = -5;
  private final MachineClock clock =
      new MachineClock(() -> wall, () -> TimeUnit.MILLISECONDS.toNanos(steady));

  @Test
  void shouldBeTheWallClock() {
    assertThat(clock.millis()).isEqualTo(wall);
    wall -= 7 * HOUR;
    assertThat(clock.source().wall()).isEqualTo(wall);
  }

  @Test
  void shouldGoOnFromWhatBrokersHaveTakenWhereTheyRefuseItsTime() {
    assertThat(clock.refused(TODAY)).isTrue();
    assertThat(clock.millis()).isEqualTo(TODAY);
    pass(3 * HOUR);
    assertThat(clock.source().wall()).isEqualTo(TODAY + 3 * HOUR);
  }

  @Test
  void shouldBeTheWallClockAgainOnceThatHasBeenSet() {
    clock.refused(TODAY);
    pass(HOUR);
    wall -= HOUR;
    assertThat(clock.millis()).isEqualTo(TODAY + HOUR);
    pass(10);
    assertThat(clock.millis()).isEqualTo(TODAY + HOUR + 10);
    wall += HOUR;
    assertThat(clock.millis()).isEqualTo(wall);
  }

  @Test
  void shouldLearnNothingFromAnEmptyLog() {
    assertThat(clock.refused(0)).isFalse();
    assertThat(clock.millis()).isEqualTo(wall);
  }

  @Test
  void shouldGoOnFromWhatBrokersHaveTakenWhereTheWallClockIsDaysBehind() {
    assertThat(clock.refused(wall + 240 * HOUR)).isTrue();
    assertThat(clock.millis()).isEqualTo(wall + 240 * HOUR);
  }

  private void pass(long millis) {
    wall += millis;
    steady += millis;
  }
}
