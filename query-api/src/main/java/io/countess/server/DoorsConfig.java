package io.countess.server;

import io.countess.door.dracula.DraculaConfig;
import io.countess.door.envoy.EnvoyConfig;
import io.countess.door.metricnexus.MetricNexusConfig;
import io.countess.door.redis.RedisConfig;
import java.util.Optional;

/**
 * The doors beside HTTP.
 *
 * @param dracula empty where that is off, as the others are
 */
public record DoorsConfig(
    Optional<DraculaConfig> dracula,
    Optional<RedisConfig> redis,
    Optional<MetricNexusConfig> metricNexus,
    Optional<EnvoyConfig> envoy) {
  /** None of them. */
  public static final DoorsConfig NONE =
      new DoorsConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
