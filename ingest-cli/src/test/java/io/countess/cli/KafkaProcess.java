package io.countess.cli;

import io.countess.broker.BrokerConfig;
import io.countess.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Optional;

/** A Kafka in a process of its own, for instances that come and go. */
final class KafkaProcess {
  private KafkaProcess() {}

  /** Runs until it is killed: data directory, port, partitions. */
  public static void main(String[] args) {
    EmbeddedBroker.start(
            new BrokerConfig(
                Path.of(args[0]),
                "127.0.0.1",
                Integer.parseInt(args[1]),
                Optional.empty(),
                Integer.parseInt(args[2]),
                false))
        .died()
        .join();
  }
}
