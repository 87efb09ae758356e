package io.countess.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
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
  private final ListAppender<ILoggingEvent> summary = new ListAppender<>();

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

    assertThat(messages(log)).containsExactly("node 0 is away", "node 6 is away");
    assertThat(messages(summary))
        .containsExactly("5 more warnings of " + CLIENT + " were left out");
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

    assertThat(messages(log)).containsExactly("i", "i", "i", "w");
    assertThat(messages(summary)).containsExactly("o", "o", "o");
  }

  @Test
  void shouldRationWhatKafkasClientsSay() throws Exception {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(WarningThrottleFilter.class.getResource("/logback.xml"));
    var kafka = context.getLogger("org.apache.kafka");
    kafka.getAppender("brief").getCopyOfAttachedFiltersList().forEach(log::addFilter);
    kafka.detachAndStopAllAppenders();
    listenTo("org.apache.kafka", log);

    for (int i = 0; i < 10; i++) {
      context.getLogger(CLIENT).warn("node {} is away", i);
    }

    assertThat(log.list).hasSize(1);
  }

  private void start() {
    var filter = new WarningThrottleFilter(nanos::get);
    filter.setLoggerName(CLIENT);
    filter.setPauseSeconds(30);
    filter.setContext(context);
    filter.start();
    log.addFilter(filter);
    listenTo(CLIENT, log);
    context.getLogger(CLIENT).setAdditive(false);
    listenTo(Logger.ROOT_LOGGER_NAME, summary);
  }

  private void listenTo(String logger, ListAppender<ILoggingEvent> listening) {
    listening.setContext(context);
    listening.start();
    context.getLogger(logger).setLevel(Level.INFO);
    context.getLogger(logger).addAppender(listening);
  }

  private static List<String> messages(ListAppender<ILoggingEvent> of) {
    return of.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
