package io.countess.cli.serve;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out what a logger says that holds a certain text, and nothing else that it says. Named in
 * logback.xml, for what sounds like a fault and is none.
 */
public final class Harmless extends Filter<ILoggingEvent> {
  private String loggerName;
  private String text;

  /** Who says it. */
  public void setLoggerName(String name) {
    loggerName = name;
  }

  /** What is in it. */
  public void setText(String part) {
    text = part;
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean isMeant =
        event.getMessage() != null
            && event.getMessage().contains(text)
            && event.getLoggerName().equals(loggerName);
    return isMeant ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
