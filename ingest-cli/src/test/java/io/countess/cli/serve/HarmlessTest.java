package io.countess.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** By the configuration that users get. */
class HarmlessTest {
  private static final String CONTROLLER = "org.apache.kafka.controller.ReplicationControlManager";

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void shouldLeaveOutThatAHeartbeatTookLongAndNothingElse() throws Exception {
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(HarmlessTest.class.getResource("/logback.xml"));
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var kafka = context.getLogger("org.apache.kafka");
    kafka.getAppender("brief").getCopyOfAttachedFiltersList().forEach(log::addFilter);
    log.start();
    root.detachAndStopAllAppenders();
    root.addAppender(log);
    kafka.detachAndStopAllAppenders();
    kafka.addAppender(log);

    var controller = context.getLogger(CONTROLLER);
    controller.error(
        "[QuorumController id=1] processExpiredBrokerHeartbeat: controller event queue overloaded."
            + " Timed out heartbeat from broker {}.",
        1);
    controller.error("[QuorumController id=1] something else broke");
    context.getLogger("other").error("controller event queue overloaded");

    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "[QuorumController id=1] something else broke", "controller event queue overloaded");
  }
}
