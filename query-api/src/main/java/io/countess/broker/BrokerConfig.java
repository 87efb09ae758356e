package io.countess.broker;

import io.countess.event.InvalidInputException;
import java.nio.file.Path;

/**
 * How the embedded broker runs.
 *
 * @param data the directory that holds its log
 * @param bind the address that it listens on
 * @param port 0 for any free one
 * @param partitions of topics that are created
 * @param flushEachWrite whether a write is on the disk before it is acknowledged: it then survives
 *     a power cut too, and takes as long as the disk does
 */
public record BrokerConfig(
    Path data, String bind, int port, int partitions, boolean flushEachWrite) {
  /** Checks the port. */
  public BrokerConfig {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("kafka-port", "is " + port + "; it must be 0 to 65535");
    }
  }
}
