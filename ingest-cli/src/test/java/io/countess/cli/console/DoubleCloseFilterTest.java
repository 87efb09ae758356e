package io.countess.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class DoubleCloseFilterTest {
  private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";
  private static final String TWICE =
      " Attempting to close NetworkClient that has already been closed.";

  @Test
  void shouldKeepOutOnlyWhatABrokerSaysAtEachStop() {
    String channel = "[NodeToControllerChannelManager id=1 name=registration]";

    assertThat(decide(CLIENT, channel + TWICE)).isEqualTo(FilterReply.DENY);
    assertThat(decide(CLIENT, "[Producer clientId=p]" + TWICE)).isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide(CLIENT, channel + " Connection to node -1 could not be established."))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decide("other", channel + TWICE)).isEqualTo(FilterReply.NEUTRAL);
  }

  private static FilterReply decide(String logger, String message) {
    var event = new LoggingEvent();
    event.setLoggerName(logger);
    event.setLevel(Level.WARN);
    event.setMessage(message);
    return new DoubleCloseFilter().decide(event);
  }
}
