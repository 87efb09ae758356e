package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** Which Kafka a command speaks to. */
final class KafkaOptions {
  private static final String DEFAULT_SERVERS = "127.0.0.1:9092";
  private static final String PREFIX = "kafka.";

  private final Terminal terminal;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description =
          "The Kafka cluster (default: COUNTESS_BOOTSTRAP_SERVERS, else " + DEFAULT_SERVERS + ").")
  private String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file as for 'serve', of which the kafka.* settings are used.")
  private Path config;

  KafkaOptions(Terminal terminal) {
    this.terminal = terminal;
  }

  private String bootstrapServers() {
    return bootstrapServers != null
        ? bootstrapServers
        : terminal.variable("COUNTESS_BOOTSTRAP_SERVERS").orElse(DEFAULT_SERVERS);
  }

  /**
   * Does something with the cluster.
   *
   * @throws FailedException where that can't be reached
   */
  int run(Consumer<Clients> work) {
    try {
      work.accept(clients());
      return ExitCode.OK;
    } catch (KafkaException failed) {
      Throwable reason = failed.getCause() == null ? failed : failed.getCause();
      throw new FailedException(
          ExitCode.NO_ANSWER,
          "Kafka at " + bootstrapServers() + ": " + reason.getMessage(),
          failed);
    }
  }

  /** Settings for all clients. */
  private Clients clients() {
    var settings = new HashMap<String, Object>();
    var file = read();
    for (String name : file.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        settings.put(name.substring(PREFIX.length()), file.getProperty(name));
      }
    }
    settings.put("bootstrap.servers", bootstrapServers());
    return new Clients(settings);
  }

  private Properties read() {
    var properties = new Properties();
    if (config == null) {
      return properties;
    }
    try (var in = Files.newBufferedReader(config)) {
      properties.load(in);
      return properties;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new FailedException(
          ExitCode.USAGE, "config file " + config + " can't be read: " + unreadable, unreadable);
    }
  }
}
