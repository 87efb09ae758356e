package io.countess.cli.console;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps out of the log that a broker closes its way to the controller twice, which it does, and
 * reports, at each clean stop. Named in logback.xml; all else that is said there is let through.
 */
public final class DoubleCloseFilter extends Filter<ILoggingEvent> {
  private static final String LOGGER = "org.apache.kafka.clients.NetworkClient";
  private static final String WHO = "[NodeToControllerChannelManager ";
  private static final String WHAT =
      "Attempting to close NetworkClient that has already been closed.";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    String message = event.getMessage();
    boolean is =
        event.getLoggerName().equals(LOGGER) && message.startsWith(WHO) && message.endsWith(WHAT);
    return is ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
