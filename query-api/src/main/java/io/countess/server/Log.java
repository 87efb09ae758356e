package io.countess.server;

import io.countess.broker.EmbeddedBroker;
import io.countess.event.InvalidInputException;
import io.countess.runtime.GroupCheck;
import io.countess.runtime.KafkaClients;
import io.countess.runtime.LogTopics;
import io.countess.runtime.RightsCheck;
import io.countess.runtime.RuntimeConfig;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log is: in the embedded Kafka, or in that of others.
 *
 * @param address where clients reach Kafka, as {@code host:port}
 */
record Log(RuntimeConfig runtime, String address, Admin admin, LogTopics topics) {
  private static final Logger LOG = LoggerFactory.getLogger(Log.class);

  /**
   * Starts the embedded Kafka, if there is to be one, and finds or creates the topics.
   *
   * @param watch is told of what can die
   */
  static Log open(CountessConfig config, Closers closers, Consumer<CompletableFuture<Void>> watch) {
    Optional<EmbeddedBroker> broker = config.broker().map(EmbeddedBroker::start);
    broker.ifPresent(
        node -> {
          closers.add(node::close);
          watch.accept(node.died());
        });
    RuntimeConfig runtime =
        broker.map(node -> config.runtimeAt(node.bootstrapServers())).orElse(config.runtime());
    Admin admin = admin(runtime);
    closers.add(admin::close);
    LogTopics topics = LogTopics.ensure(admin, runtime);
    if (broker.isEmpty()) {
      RightsCheck.require(admin, runtime, topics.partitions());
      topics.warnings().forEach(LOG::warn);
      GroupCheck.warning(admin, runtime).ifPresent(LOG::warn);
    }
    config.partitions().flatMap(topics::otherThan).ifPresent(LOG::warn);
    String address =
        broker.map(EmbeddedBroker::advertisedServers).orElse(runtime.bootstrapServers());
    return new Log(runtime, address, admin, topics);
  }

  /**
   * Another client that administers it.
   *
   * @throws InvalidInputException where the settings can't be used
   */
  static Admin admin(RuntimeConfig runtime) {
    try {
      return Admin.create(KafkaClients.settings(runtime));
    } catch (KafkaException failed) {
      if (failed.getCause() instanceof ConfigException unusable) {
        throw unusable(runtime, unusable);
      }
      throw failed;
    }
  }

  /** Kafka says the same of a host that is unknown as of a setting that is wrong. */
  private static InvalidInputException unusable(RuntimeConfig runtime, ConfigException why) {
    String servers = runtime.bootstrapServers();
    return String.valueOf(why.getMessage()).contains("resolvable")
        ? new InvalidInputException("bootstrap-servers", "is '" + servers + "': unknown host")
        : new InvalidInputException("kafka.*", "can't be used: " + why.getMessage());
  }
}
