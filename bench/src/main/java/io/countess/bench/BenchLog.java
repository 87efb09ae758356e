package io.countess.bench;

import io.countess.broker.EmbeddedBroker;
import io.countess.runtime.KafkaLog;
import io.countess.runtime.LogTopics;
import io.countess.runtime.LogTopicsException;
import io.countess.runtime.RuntimeConfig;
import io.countess.server.CountessConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** A log of its own: the embedded broker as it is served, with the topics that Countess makes. */
final class BenchLog implements AutoCloseable {
  private final Path data;
  private final EmbeddedBroker broker;
  private final RuntimeConfig runtime;
  private final LogAdmin admin;
  private final KafkaLog source;

  private BenchLog(Path data, CountessConfig config, EmbeddedBroker broker) {
    this.data = data;
    this.broker = broker;
    runtime = config.runtimeAt(broker.bootstrapServers());
    var settings =
        Map.<String, Object>of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, runtime.bootstrapServers());
    try (Admin creating = Admin.create(settings)) {
      LogTopics topics = LogTopics.ensure(creating, runtime);
      admin = LogAdmin.open(runtime.bootstrapServers(), topics.partitions());
      source = new KafkaLog(admin.admin(), topics.id());
    }
  }

  /**
   * Starts a log where {@code config} says.
   *
   * @param data what belongs to it
   */
  static BenchLog start(Path data, CountessConfig config) {
    var broker = EmbeddedBroker.start(config.broker().orElseThrow());
    try {
      return new BenchLog(data, config, broker);
    } catch (KafkaException | LogTopicsException failed) {
      broker.close();
      throw new BenchException("the embedded Kafka failed: " + failed, failed);
    }
  }

  /** Where it is, as {@code host:port}. */
  String servers() {
    return runtime.bootstrapServers();
  }

  int partitions() {
    return admin.partitions();
  }

  /** The log as a fold looks at it. */
  KafkaLog source() {
    return source;
  }

  /** How Countess would run on it. */
  RuntimeConfig runtime() {
    return runtime;
  }

  /** A place for the local state of a fold. */
  Path stateDir(String of) {
    return data.resolve("state-of-" + of);
  }

  /** Answers questions about it. */
  LogAdmin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
