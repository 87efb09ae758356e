package org.apache.kafka.common.utils;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The time by which Kafka's clients, Kafka Streams and the coordinators of the embedded broker
 * wait. It is the wall clock when the process began, and the time passed since. It stands in for
 * Kafka's class of this name, which shows the wall clock, and has to come before it on the class
 * path.
 *
 * <p>Kafka measures by it how long heartbeats, commits, batches and time-outs are due. When the
 * wall clock is set back by an hour none of them would come for an hour. When it is set forward all
 * would be over at once. Kafka's clients have no setting for it.
 */
final class SystemTime implements Time {
  private static final SystemTime SYSTEM_TIME = new SystemTime();

  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  private SystemTime() {}

  /** The one of this process; {@link Time#SYSTEM} is made of it. */
  public static SystemTime getSystemTime() {
    return SYSTEM_TIME;
  }

  @Override
  public long milliseconds() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void waitObject(Object monitor, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    synchronized (monitor) {
      while (!condition.get()) {
        long left = deadlineMillis - milliseconds();
        if (left <= 0) {
          throw new TimeoutException("what was waited for has not come in time");
        }
        monitor.wait(left);
      }
    }
  }
}
