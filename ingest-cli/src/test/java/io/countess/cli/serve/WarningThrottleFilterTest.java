package io.countess.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class WarningThrottleFilterTest {
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void shouldLetOneWarningThroughInEachPauseAndCountTheOthers() {
    start();
    for (int i = 0; i < 5; i++) {
      context.getLogger(CLIENT).warn("node {} is away", i);
    }
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(30) - 1);
    context.getLogger(CLIENT).error("node 5 is away");
    nanos.addAndGet(1);
    context.getLogger(CLIENT).warn("node 6 is away");

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "node 0 is away", "5 more warnings of " + CLIENT + " were left out", "node 6 is away");
  }

  @Test
  void shouldLeaveEverythingElseAlone() {
    start();
    var client = context.getLogger(CLIENT);
    for (int i = 0; i < 3; i++) {
      assertThat(client.isWarnEnabled()).isTrue();
      client.info("i");
      context.getLogger("io.countess.other").warn("o");
    }
    client.warn("w");

    assertThat(log.list)
        .extracting(ILoggingEvent::getMessage)
        .containsExactly("i", "o", "i", "o", "i", "o", "w");
  }

  @Test
  void shouldRationWhatKafkasClientsSay() throws Exception {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(WarningThrottleFilter.class.getResource("/logback.xml"));
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    context.getLogger("org.apache.kafka").setAdditive(true);
    listen();

    for (int i = 0; i < 10; i++) {
      context.getLogger(CLIENT).warn("node {} is away", i);
    }

    assertThat(log.list).hasSize(1);
  }

  private void start() {
    var filter = new WarningThrottleFilter(nanos::get);
    filter.setLoggerName(CLIENT);
    filter.setPauseSeconds(30);
    filter.start();
    context.addTurboFilter(filter);
    listen();
  }

  private void listen() {
    log.setContext(context);
    log.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(log);
  }
}
