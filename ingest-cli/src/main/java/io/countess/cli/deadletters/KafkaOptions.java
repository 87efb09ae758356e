package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Terminal;
import io.countess.event.ByteOrderMark;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** Which Kafka a command speaks to. */
final class KafkaOptions {
  private static final String LOCAL = "127.0.0.1:";
  private static final String DEFAULT_SERVERS = LOCAL + 9092;
  private static final String PREFIX = "kafka.";

  private final Terminal terminal;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description =
          "Kafka (default: COUNTESS_KAFKA or COUNTESS_BOOTSTRAP_SERVERS, else what the file"
              + " of --config says, else "
              + DEFAULT_SERVERS
              + ").")
  private String bootstrapServers;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A properties file as for 'serve': where its Kafka is, and the kafka.* settings.")
  private Path config;

  KafkaOptions(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Where Kafka is. {@code COUNTESS_KAFKA} is for these commands alone, as {@code COUNTESS_URL} is
   * for the others. The other variable makes a 'serve' that sees it an instance of that cluster.
   */
  private String bootstrapServers(Properties file) {
    return Optional.ofNullable(bootstrapServers)
        .or(() -> terminal.variable("COUNTESS_KAFKA"))
        .or(() -> terminal.variable("COUNTESS_BOOTSTRAP_SERVERS"))
        .or(() -> Optional.ofNullable(file.getProperty("countess.bootstrap.servers")))
        .or(() -> Optional.ofNullable(file.getProperty("countess.kafka.port")).map(LOCAL::concat))
        .orElse(DEFAULT_SERVERS);
  }

  /**
   * Does something with the cluster.
   *
   * @throws FailedException where that can't be reached
   */
  int run(Consumer<Clients> work) {
    Properties file = read();
    String servers = bootstrapServers(file);
    try {
      work.accept(clients(file, servers));
      return ExitCode.OK;
    } catch (KafkaException failed) {
      Throwable reason = failed.getCause() == null ? failed : failed.getCause();
      throw new FailedException(
          ExitCode.NO_ANSWER, "Kafka at " + servers + ": " + reason.getMessage(), failed);
    }
  }

  /** Settings for all clients. */
  private static Clients clients(Properties file, String servers) {
    var settings = new HashMap<String, Object>();
    for (String name : file.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        settings.put(name.substring(PREFIX.length()), file.getProperty(name));
      }
    }
    settings.put("bootstrap.servers", servers);
    return new Clients(settings);
  }

  private Properties read() {
    var properties = new Properties();
    if (config == null) {
      return properties;
    }
    try {
      properties.load(new StringReader(ByteOrderMark.readFile(config)));
      return properties;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new FailedException(
          ExitCode.USAGE, "config file " + config + " can't be read: " + unreadable, unreadable);
    }
  }
}
