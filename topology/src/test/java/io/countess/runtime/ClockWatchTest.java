package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A clock that is behind is told of once, not every second. */
class ClockWatchTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ClockWatch.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private long behind;
  private final ClockWatch watch = new ClockWatch(() -> behind);

  @BeforeEach
  void listen() {
    told.start();
    logger.addAppender(told);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(told);
  }

  @Test
  void shouldSayOnceByHowMuchTheClockIsBehind() {
    look(0, 999, 3_600_000, 3_600_001, 3_600_900);

    assertThat(told.list).hasSize(1);
    assertThat(told.list.get(0).getFormattedMessage()).contains("is 3600 s behind");
  }

  @Test
  void shouldSaySoAgainWhenItIsMore() {
    look(3_600_000, 3_600_500, 7_200_000, 7_200_000);

    assertThat(told.list).hasSize(2);
  }

  @Test
  void shouldSayWhenItIsOver() {
    look(3_600_000, 0, 0);

    assertThat(told.list).hasSize(2);
    assertThat(told.list.get(1).getFormattedMessage()).contains("no longer behind");
  }

  private void look(long... behindMillis) {
    for (long each : behindMillis) {
      behind = each;
      watch.look();
    }
  }
}
