package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.state.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = 17;
  private final Map<String, OptionalLong> ages = new HashMap<>();
  private final Leases leases = new Leases(new TimeSource(() -> 0, () -> now), () -> ages);

  @Test
  void shouldTakeNothingFromTheOthersWhereOneThreadIsSilent() {
    Lease living = leases.of("thread-1");
    Lease dead = leases.of("thread-2");
    for (int second = 0; second < 20; second++) {
      ages.put("thread-1", OptionalLong.of(0));
      ages.put("thread-2", OptionalLong.of(second));
      leases.renew();
      now += SECOND;
    }
    assertThat(living.isHeld()).isTrue();
    assertThat(dead.isHeld()).isFalse();
  }

  @Test
  void shouldHoldForAThreadThatHasTakenTheNameOfADeadOne() {
    ages.put("thread-1", OptionalLong.of(100));
    leases.renew();
    assertThat(leases.of("thread-1").isHeld()).isFalse();
    ages.put("thread-1", OptionalLong.empty());
    leases.renew();
    now += Lease.CALM_NANOS;
    leases.renew();
    assertThat(leases.of("thread-1").isHeld()).isTrue();
  }

  @Test
  void shouldLapseForAThreadOfWhichNothingIsMeasuredAnyMore() {
    ages.put("thread-1", OptionalLong.of(0));
    leases.renew();
    ages.clear();
    now += Lease.NANOS + 1;
    leases.renew();
    assertThat(leases.of("thread-1").isHeld()).isFalse();
  }
}
