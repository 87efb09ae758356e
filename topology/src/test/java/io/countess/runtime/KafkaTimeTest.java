package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class KafkaTimeTest {
  private static final Object MONITOR = new Object();

  @Test
  void shouldBeThatOfAClockThatNobodySets() {
    assertThat(Time.SYSTEM.getClass().getProtectionDomain().getCodeSource().getLocation())
        .as("where Kafka's clock comes from")
        .isEqualTo(Fold.class.getProtectionDomain().getCodeSource().getLocation());
    assertThat(Time.SYSTEM.milliseconds())
        .isCloseTo(System.currentTimeMillis(), within(TimeUnit.MINUTES.toMillis(1)));
  }

  @Test
  void shouldWaitUntilSomethingIsSo() throws Exception {
    var isSo = new AtomicBoolean();
    var setting =
        CompletableFuture.runAsync(
            () -> {
              synchronized (MONITOR) {
                isSo.set(true);
                MONITOR.notifyAll();
              }
            });
    Time.SYSTEM.waitObject(MONITOR, isSo::get, Time.SYSTEM.milliseconds() + 60_000);
    setting.join();
    assertThat(isSo).isTrue();
  }

  @Test
  void shouldWaitNoLongerThanAsked() {
    assertThatThrownBy(
            () -> Time.SYSTEM.waitObject(MONITOR, () -> false, Time.SYSTEM.milliseconds() + 5))
        .isInstanceOf(TimeoutException.class);
  }
}
