package io.countess.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A moment on two clocks.
 *
 * @param nanos that of {@link System#nanoTime}
 * @param processorNanos the processor time of the whole process
 */
record Moment(long nanos, long processorNanos) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  static Moment now() {
    return new Moment(System.nanoTime(), SYSTEM.getProcessCpuTime());
  }
}
