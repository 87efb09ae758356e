package io.countess.broker;

import io.countess.event.InvalidInputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the embedded broker runs.
 *
 * @param data the directory that holds its log, and nothing else
 * @param bind the address that it listens on
 * @param port 0 for any free one
 * @param advertised what outside clients are told to connect to, as {@code host} or {@code
 *     host:port}: for a broker behind a port mapping. Else it is {@code bind}, or an address of
 *     this machine where that is a wildcard
 * @param partitions of topics that are created
 * @param flushEachWrite whether a write is on the disk before it is acknowledged. It then survives
 *     a power cut too, and takes as long as the disk does
 */
public record BrokerConfig(
    Path data,
    String bind,
    int port,
    Optional<String> advertised,
    int partitions,
    boolean flushEachWrite) {
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^\\s:\\[\\]/,]+)(:\\d{1,5})?");

  public BrokerConfig {
    require("kafka-port", port, 0, 65_535);
    require("partitions", partitions, 1, 1024);
    advertised.ifPresent(
        address -> {
          if (!HOST_AND_PORT.matcher(address).matches()) {
            throw new InvalidInputException(
                "kafka-advertised", "is '" + address + "'; it must be HOST or HOST:PORT");
          }
        });
  }

  /** A broker that tells clients to connect to the address that it listens on. */
  public BrokerConfig(Path data, String bind, int port, int partitions, boolean flushEachWrite) {
    this(data, bind, port, Optional.empty(), partitions, flushEachWrite);
  }

  private static void require(String setting, int value, int from, int to) {
    if (value < from || value > to) {
      throw new InvalidInputException(
          setting, "is %d; it must be from %d to %d".formatted(value, from, to));
    }
  }
}
