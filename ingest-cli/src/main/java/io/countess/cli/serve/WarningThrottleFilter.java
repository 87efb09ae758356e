package io.countess.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.countess.background.WarningThrottle;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Marker;

/**
 * Lets one warning of a logger through, then none for a while, and says with the next one how many
 * it has left out. Named in logback.xml, for warnings that Kafka's clients repeat several times a
 * second as long as Kafka is away.
 */
public final class WarningThrottleFilter extends TurboFilter {
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

  /** It comes without a format where a caller only asks whether the level is on. */
  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable t) {
    boolean isMeant =
        format != null && level.isGreaterOrEqual(Level.WARN) && logger.getName().equals(loggerName);
    if (!isMeant) {
      return FilterReply.NEUTRAL;
    }
    OptionalLong leftOut = throttle.pass();
    if (leftOut.isPresent() && leftOut.getAsLong() > 0) {
      logger
          .getLoggerContext()
          .getLogger(WarningThrottleFilter.class)
          .warn("{} more warnings of {} were left out", leftOut.getAsLong(), loggerName);
    }
    return leftOut.isPresent() ? FilterReply.NEUTRAL : FilterReply.DENY;
  }
}
