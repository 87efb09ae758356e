package io.countess.server;

import io.countess.door.dracula.DraculaConfig;
import io.countess.door.envoy.EnvoyConfig;
import io.countess.door.metricnexus.MetricNexusConfig;
import io.countess.door.redis.RedisConfig;
import io.countess.door.tenants.TenantsConfig;
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
    Optional<EnvoyConfig> envoy,
    Optional<TenantsConfig> tenants) {
  /** None of them. */
  public static final DoorsConfig NONE =
      new DoorsConfig(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same with the Dracula door. */
  public DoorsConfig with(DraculaConfig door) {
    return new DoorsConfig(Optional.of(door), redis, metricNexus, envoy, tenants);
  }

  /** The same with the Redis door. */
  public DoorsConfig with(RedisConfig door) {
    return new DoorsConfig(dracula, Optional.of(door), metricNexus, envoy, tenants);
  }

  /** The same with the MetricNexus door. */
  public DoorsConfig with(MetricNexusConfig door) {
    return new DoorsConfig(dracula, redis, Optional.of(door), envoy, tenants);
  }

  /** The same with the Envoy door. */
  public DoorsConfig with(EnvoyConfig door) {
    return new DoorsConfig(dracula, redis, metricNexus, Optional.of(door), tenants);
  }

  /** The same with the door for counter-api. */
  public DoorsConfig with(TenantsConfig door) {
    return new DoorsConfig(dracula, redis, metricNexus, envoy, Optional.of(door));
  }
}
