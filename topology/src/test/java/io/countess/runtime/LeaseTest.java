package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.state.TimeSource;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = 17;
  private long wallMillis = 1_700_000_000_000L;
  private final Lease lease = new Lease(new TimeSource(() -> wallMillis, () -> now));

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

  /** As where the process was stopped, and the thread that beats goes on before all others. */
  @Test
  void shouldLapseThoughAHeartbeatIsSentBeforeAnybodyLooks() {
    lease.renew(OptionalLong.of(0));
    pass(Lease.NANOS + SECOND);
    lease.renew(OptionalLong.of(0));

    assertThat(lease.isHeld()).as("before it has learnt what it still has").isFalse();
    pass(Lease.CALM_NANOS);
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void shouldLapseWhereTheMachineWasSuspended() {
    lease.renew(OptionalLong.of(0));
    wallMillis += 3_600_000;
    assertThat(lease.isHeld()).isFalse();

    lease.renew(OptionalLong.of(0));
    pass(Lease.CALM_NANOS - 1);
    assertThat(lease.isHeld()).as("before it has learnt what it still has").isFalse();
    pass(1);
    assertThat(lease.isHeld()).isTrue();
  }

  @Test
  void shouldBeHeldWhereTheWallClockIsSetBack() {
    for (int i = 0; i < 10; i++) {
      lease.renew(OptionalLong.of(0));
      pass(SECOND);
      wallMillis -= 3_600_000;
      assertThat(lease.isHeld()).isTrue();
    }
  }

  private void pass(long nanos) {
    now += nanos;
  }
}
