package io.countess.cli.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Marker;

/**
 * Lets one warning of a logger through, then none for a while, and says with the next one how many
 * it has left out. Named in logback.xml, for what Kafka's clients say each several times a second
 * as long as Kafka is away.
 */
public final class Seldom extends TurboFilter {
  private final LongSupplier nanoTime;
  private String loggerName;
  private long pauseNanos;
  private long due;
  private long leftOut;

  /** A filter by this machine's time. */
  public Seldom() {
    this(System::nanoTime);
  }

  Seldom(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong();
  }

  public void setLoggerName(String name) {
    loggerName = name;
  }

  /** How long nothing more is let through after a warning that was. */
  public void setPauseSeconds(long seconds) {
    pauseNanos = TimeUnit.SECONDS.toNanos(seconds);
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
    OptionalLong before = pass();
    if (before.isPresent() && before.getAsLong() > 0) {
      logger
          .getLoggerContext()
          .getLogger(Seldom.class)
          .warn("{} more warnings of {} were left out", before.getAsLong(), loggerName);
    }
    return before.isPresent() ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /** How many have been left out before this one; empty where it is left out, too. */
  private synchronized OptionalLong pass() {
    long now = nanoTime.getAsLong();
    if (now - due < 0) {
      leftOut++;
      return OptionalLong.empty();
    }
    var before = OptionalLong.of(leftOut);
    due = now + pauseNanos;
    leftOut = 0;
    return before;
  }
}
