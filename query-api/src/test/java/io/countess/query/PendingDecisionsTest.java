package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PendingDecisionsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long PATIENT = Duration.ofSeconds(30).toNanos();

  private final PendingDecisions pending = new PendingDecisions();

  @Test
  void shouldNotWaitForLongWhereThePartitionHasLeft() {
    var single = pending.register(PATIENT).decision();
    var there = pending.register(PATIENT, 0).decision();
    var gone = pending.register(PATIENT, 1).decision();
    var hasty = pending.register(2 * SECOND, 1).decision();

    pending.left(1, SECOND);
    pending.expire(3 * SECOND);

    assertThat(hasty).isCompletedExceptionally();
    assertThat(gone).as("it may come back").isNotDone();
    pending.expire(7 * SECOND);
    assertThat(gone).isCompletedExceptionally();
    assertThat(single).isNotDone();
    assertThat(there).isNotDone();
    pending.expire(PATIENT + SECOND);
    assertThat(pending.size()).isZero();
  }
}
