package io.countess.background;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Lets one warning through, then none for a while, so that a lasting fault fills no disk. For any
 * thread.
 */
public final class WarningThrottle {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final long pauseNanos;
  private final LongSupplier nanoTime;
  private long due;
  private long leftOut;

  /** One warning a minute. */
  public WarningThrottle() {
    this(A_MINUTE, System::nanoTime);
  }

  public WarningThrottle(Duration pause, LongSupplier nanoTime) {
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong();
  }

  /** Warns, if it is time for a warning; as {@link Logger#warn(String, Object...)}. */
  public void warn(Logger log, String format, Object... arguments) {
    if (pass().isPresent()) {
      log.warn(format, arguments);
    }
  }

  /** How many warnings were left out before this one; empty where this one is left out, too. */
  public synchronized OptionalLong pass() {
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
