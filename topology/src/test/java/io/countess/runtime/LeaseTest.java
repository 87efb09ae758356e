package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = 17;
  private final Lease lease = new Lease(() -> now);

  @Test
  void shouldBeHeldFromTheStartAndAsLongAsHeartbeatsGo() {
    assertThat(lease.isHeld()).isTrue();
    lease.renew(OptionalLong.empty());
    for (int i = 0; i < 100; i++) {
      pass(SECOND);
      lease.renew(OptionalLong.of(i % 2));
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void shouldLapseBeforeTheSessionDoes() {
    for (int seconds = 0; seconds <= 5; seconds++) {
      lease.renew(OptionalLong.of(seconds));
      assertThat(lease.isHeld()).isTrue();
    }
    lease.renew(OptionalLong.of(6));
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void shouldLapseWhereNobodyLooks() {
    lease.renew(OptionalLong.of(0));
    pass(Lease.NANOS + 1);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void shouldNotBeHeldAgainAtTheFirstHeartbeatAfterALapse() {
    lease.renew(OptionalLong.of(60));
    lease.renew(OptionalLong.of(0));
    assertThat(lease.isHeld()).isFalse();
    pass(Lease.CALM_NANOS - 1);
    assertThat(lease.isHeld()).isFalse();
    pass(1);
    assertThat(lease.isHeld()).isTrue();
  }

  private void pass(long nanos) {
    now += nanos;
  }
}
