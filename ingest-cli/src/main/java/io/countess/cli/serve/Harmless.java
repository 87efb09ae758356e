package io.countess.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Leaves out what a logger says that holds a certain text, and nothing else that it says. Named in
 * logback.xml, for what sounds like a fault and is none.
 */
public final class Harmless extends TurboFilter {
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
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable t) {
    boolean isMeant =
        format != null && format.contains(text) && logger.getName().equals(loggerName);
    return isMeant ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}
