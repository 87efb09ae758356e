package io.countess.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import io.countess.background.WarningThrottle;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets one warning of a logger through, then none for a while, and says with the next one how many
 * it has left out. Named in logback.xml, for warnings that Kafka's clients repeat several times a
 * second as long as Kafka is away.
 *
 * <p>It is a filter of an appender and not of all loggers (TurboFilter): those are asked whenever
 * anyone asks whether a level is on, which servers do many times a request.
 */
public final class WarningThrottleFilter extends Filter<ILoggingEvent> {
  private final LongSupplier nanoTime;
  private String loggerName;
  private WarningThrottle throttle;

  public WarningThrottleFilter() {
    this(System::nanoTime);
  }

  WarningThrottleFilter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.throttle = new WarningThrottle(Duration.ZERO, nanoTime);
  }

  public void setLoggerName(String name) {
    loggerName = name;
  }

  /** How long nothing more is let through after a warning that was. */
  public void setPauseSeconds(long seconds) {
    throttle = new WarningThrottle(Duration.ofSeconds(seconds), nanoTime);
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean isMeant =
        event.getLevel().isGreaterOrEqual(Level.WARN) && event.getLoggerName().equals(loggerName);
    if (!isMeant) {
      return FilterReply.NEUTRAL;
    }
    OptionalLong leftOut = throttle.pass();
    if (leftOut.isPresent() && leftOut.getAsLong() > 0) {
      // By another appender: that of this filter takes nothing while it asks its filters.
      ((LoggerContext) getContext())
          .getLogger(WarningThrottleFilter.class)
          .warn("{} more warnings of {} were left out", leftOut.getAsLong(), loggerName);
    }
    return leftOut.isPresent() ? FilterReply.NEUTRAL : FilterReply.DENY;
  }
}
