package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = 17;
  private OptionalLong age = OptionalLong.empty();
  private final Lease lease = new Lease(() -> now, () -> age);

  @Test
  void shouldBeHeldFromTheStartAndAsLongAsHeartbeatsGo() {
    assertThat(lease.isHeld()).isTrue();
    for (int i = 0; i < 100; i++) {
      pass(SECOND);
      age = OptionalLong.of(i % 2);
      lease.renew();
      assertThat(lease.isHeld()).isTrue();
    }
  }

  @Test
  void shouldLapseBeforeTheSessionDoes() {
    for (int seconds = 0; seconds <= 5; seconds++) {
      age = OptionalLong.of(seconds);
      lease.renew();
      assertThat(lease.isHeld()).isTrue();
    }
    age = OptionalLong.of(6);
    lease.renew();
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void shouldLapseWhereNobodyLooks() {
    age = OptionalLong.of(0);
    lease.renew();
    pass(Lease.NANOS + 1);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void shouldNotBeHeldAgainAtTheFirstHeartbeatAfterALapse() {
    age = OptionalLong.of(60);
    lease.renew();
    age = OptionalLong.of(0);
    lease.renew();
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
