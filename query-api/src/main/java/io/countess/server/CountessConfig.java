package io.countess.server;

import io.countess.broker.BrokerConfig;
import io.countess.cluster.PeerConfig;
import io.countess.door.KeysConfig;
import io.countess.door.http.HttpConfig;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.metrics.MetricsConfig;
import io.countess.runtime.RuntimeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the whole runs.
 *
 * @param data where everything is kept
 * @param broker the embedded Kafka; empty where an outside cluster is used
 * @param runtime the fold; with an embedded Kafka its bootstrap servers are known only once that
 *     listens: see {@link #runtimeAt}
 * @param keys who is let in at all doors
 * @param http the HTTP API
 * @param doors the ways in beside HTTP
 * @param peers how the other instances find this one, and are spoken to
 * @param partitions how many the log is to have, where that was said; one that exists keeps its own
 * @param defaultTtl the time to live in namespaces without a policy; empty leaves it as it is
 * @param metrics what the metrics tell apart
 */
public record CountessConfig(
    Path data,
    Optional<BrokerConfig> broker,
    RuntimeConfig runtime,
    KeysConfig keys,
    HttpConfig http,
    DoorsConfig doors,
    PeerConfig peers,
    Optional<Integer> partitions,
    Optional<Duration> defaultTtl,
    MetricsConfig metrics) {
  public CountessConfig {
    if (defaultTtl.isPresent() && defaultTtl.get().compareTo(Policy.MAX_TTL) > 0) {
      throw new InvalidInputException(
          "default-ttl", "is " + Durations.format(defaultTtl.get()) + "; it may be at most 400d");
    }
  }

  /**
   * Makes the config that {@code settings} and this machine lead to.
   *
   * @throws SettingsException naming a setting that is invalid
   */
  public static CountessConfig of(Settings settings) {
    return new ConfigReader(settings, Machine.here()).read();
  }

  /** What in {@code settings} has no effect, a sentence each. */
  public static List<String> warnings(Settings settings) {
    return new ConfigReader(settings, Machine.here()).warnings();
  }

  /** The fold's config with the bootstrap servers that it is to use. */
  public RuntimeConfig runtimeAt(String bootstrapServers) {
    return new RuntimeConfig(
        bootstrapServers,
        runtime.applicationId(),
        runtime.stateDir(),
        runtime.store(),
        runtime.commitInterval(),
        runtime.threads(),
        runtime.partitions(),
        runtime.replication(),
        runtime.staticMember(),
        runtime.hotRows(),
        runtime.standbyReplicas(),
        runtime.kafka(),
        runtime.streams());
  }
}
