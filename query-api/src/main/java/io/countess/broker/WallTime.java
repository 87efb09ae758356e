package io.countess.broker;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/**
 * The wall clock, by which a broker takes or refuses records for their time, and knows their age.
 * {@link Time#SYSTEM} is none here: it is never set.
 */
final class WallTime implements Time {
  @Override
  public long milliseconds() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanoseconds() {
    return Time.SYSTEM.nanoseconds();
  }

  @Override
  public void sleep(long millis) {
    Time.SYSTEM.sleep(millis);
  }

  @Override
  public void waitObject(Object monitor, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    long left = deadlineMillis - milliseconds();
    Time.SYSTEM.waitObject(monitor, condition, Time.SYSTEM.milliseconds() + left);
  }
}
