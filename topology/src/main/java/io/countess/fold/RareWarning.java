package io.countess.fold;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** Warns once a minute at most, so that what goes on and on fills no disk. For any thread. */
public final class RareWarning {
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  public RareWarning(Logger log) {
    this.log = log;
  }

  /** Warns, if the last time was long enough ago; as {@link Logger#warn(String, Object...)}. */
  public void warn(String format, Object... arguments) {
    long now = System.nanoTime();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
      log.warn(format, arguments);
    }
  }
}
