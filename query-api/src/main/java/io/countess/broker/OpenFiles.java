package io.countess.broker;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The files and connections of this process.
 *
 * @param open how many there are
 * @param most how many there may be
 */
record OpenFiles(long open, long most) {
  /** About as many as Kafka needs for a log with few partitions. */
  private static final int FEW = 1024;

  private static final int SPARE = 32;

  /** Those of now, where the system tells. */
  static Optional<OpenFiles> now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? Optional.of(
            new OpenFiles(unix.getOpenFileDescriptorCount(), unix.getMaxFileDescriptorCount()))
        : Optional.empty();
  }

  /** Whether there may have been one more than there may be. */
  boolean areShort() {
    return most < FEW || most - open < SPARE;
  }

  String shortage() {
    return ("this process may have %d files and connections open, and that is too few: raise it"
            + " (ulimit -n 65536)")
        .formatted(most);
  }
}
