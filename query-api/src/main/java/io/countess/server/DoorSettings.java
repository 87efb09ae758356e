package io.countess.server;

import io.countess.door.dracula.DraculaConfig;
import io.countess.door.dracula.DraculaConfig.Auth;
import io.countess.door.envoy.EnvoyConfig;
import io.countess.door.metricnexus.MetricNexusConfig;
import io.countess.door.metricnexus.Tls;
import io.countess.door.redis.RedisConfig;
import io.countess.door.tenants.Origins;
import io.countess.door.tenants.RequestLimit;
import io.countess.door.tenants.TenantsConfig;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.query.Command.Ack;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Turns settings into the config of the doors beside HTTP.
 *
 * @param data where they keep what is no state, as certificates
 */
record DoorSettings(Settings settings, Path data) {
  private static final String OFF = "off";

  /** The settings of each door. */
  private static final List<OfDoor> DOORS =
      List.of(
          new OfDoor(
              Setting.DRACULA,
              "Dracula",
              Set.of(
                  Setting.DRACULA_BIND,
                  Setting.DRACULA_PORT,
                  Setting.DRACULA_REST_PORT,
                  Setting.DRACULA_SECRET,
                  Setting.DRACULA_SECRET_FILE,
                  Setting.DRACULA_AUTH,
                  Setting.DRACULA_ACK)),
          new OfDoor(
              Setting.REDIS,
              "Redis",
              Set.of(Setting.REDIS_BIND, Setting.REDIS_PORT, Setting.REDIS_NAMESPACE)),
          new OfDoor(
              Setting.METRIC_NEXUS,
              "MetricNexus",
              Set.of(
                  Setting.METRIC_NEXUS_BIND,
                  Setting.METRIC_NEXUS_PORT,
                  Setting.METRIC_NEXUS_NAMESPACE,
                  Setting.METRIC_NEXUS_TLS,
                  Setting.METRIC_NEXUS_CERT,
                  Setting.METRIC_NEXUS_KEY_FILE)),
          new OfDoor(
              Setting.ENVOY,
              "Envoy",
              Set.of(
                  Setting.ENVOY_BIND,
                  Setting.ENVOY_PORT,
                  Setting.ENVOY_JSON_PORT,
                  Setting.ENVOY_CONFIG,
                  Setting.ENVOY_NAMESPACE,
                  Setting.ENVOY_HEADERS,
                  Setting.ENVOY_TLS_CERT,
                  Setting.ENVOY_TLS_KEY)),
          new OfDoor(
              Setting.TENANTS,
              "counter-api",
              Set.of(
                  Setting.TENANTS_BIND,
                  Setting.TENANTS_PORT,
                  Setting.TENANTS_NAMESPACE,
                  Setting.TENANTS_ADMIN_KEY,
                  Setting.TENANTS_ADMIN_KEY_FILE,
                  Setting.TENANTS_LIMIT,
                  Setting.TENANTS_IDEMPOTENCY,
                  Setting.TENANTS_HISTORY,
                  Setting.TENANTS_CORS_ORIGINS,
                  Setting.TENANTS_ACCESS_LOG)));

  /**
   * A door.
   *
   * @param on switches it on
   * @param settings that are for nothing while it is off
   */
  record OfDoor(Setting on, String name, Set<Setting> settings) {}

  /** The doors that are off. */
  List<OfDoor> off() {
    return DOORS.stream().filter(door -> !isOn(door.on)).toList();
  }

  DoorsConfig read() {
    return new DoorsConfig(
        isOn(Setting.DRACULA) ? Optional.of(dracula()) : Optional.empty(),
        isOn(Setting.REDIS) ? Optional.of(redis()) : Optional.empty(),
        isOn(Setting.METRIC_NEXUS) ? Optional.of(metricNexus()) : Optional.empty(),
        isOn(Setting.ENVOY) ? Optional.of(envoy()) : Optional.empty(),
        isOn(Setting.TENANTS) ? Optional.of(tenants()) : Optional.empty());
  }

  private EnvoyConfig envoy() {
    String namespace = settings.text(Setting.ENVOY_NAMESPACE).orElse(EnvoyConfig.NAMESPACE);
    return new EnvoyConfig(
        settings.text(Setting.ENVOY_BIND).orElse("127.0.0.1"),
        settings.number(Setting.ENVOY_PORT).orElse(EnvoyConfig.PORT),
        portUnlessOff(Setting.ENVOY_JSON_PORT, EnvoyConfig.JSON_PORT),
        settings.path(Setting.ENVOY_CONFIG),
        ByteString.utf8(Setting.ENVOY_NAMESPACE.plainName(), namespace),
        settings.isOn(Setting.ENVOY_HEADERS),
        both(Setting.ENVOY_TLS_CERT, Setting.ENVOY_TLS_KEY, EnvoyConfig.Tls::new));
  }

  private TenantsConfig tenants() {
    return new TenantsConfig(
        settings.text(Setting.TENANTS_BIND).orElse("127.0.0.1"),
        settings.number(Setting.TENANTS_PORT).orElse(TenantsConfig.PORT),
        ByteString.utf8(
            "tenants-namespace",
            settings.text(Setting.TENANTS_NAMESPACE).orElse(TenantsConfig.NAMESPACE)),
        secret(
            Setting.TENANTS_ADMIN_KEY,
            Setting.TENANTS_ADMIN_KEY_FILE,
            "a key of at least %d characters".formatted(TenantsConfig.SHORTEST_KEY)),
        limit(),
        settings.duration(Setting.TENANTS_IDEMPOTENCY).orElse(TenantsConfig.IDEMPOTENCY),
        settings.duration(Setting.TENANTS_HISTORY).orElse(TenantsConfig.HISTORY),
        settings.text(Setting.TENANTS_CORS_ORIGINS).map(Origins::parse).orElse(Origins.ANY),
        settings.path(Setting.TENANTS_ACCESS_LOG));
  }

  private Optional<RequestLimit> limit() {
    Optional<String> given = settings.text(Setting.TENANTS_LIMIT);
    return given.filter(OFF::equals).isPresent()
        ? Optional.empty()
        : Optional.of(given.map(RequestLimit::parse).orElse(RequestLimit.DEFAULT));
  }

  /** What must not stand on a command line: itself, or the file that it is in. */
  private Optional<String> secret(Setting itself, Setting file, String what) {
    return settings
        .text(itself)
        .or(() -> settings.path(file).map(path -> ConfigReader.readSecret(file, path, what)));
  }

  private MetricNexusConfig metricNexus() {
    return MetricNexusConfig.on(
        settings.text(Setting.METRIC_NEXUS_BIND).orElse("127.0.0.1"),
        settings.number(Setting.METRIC_NEXUS_PORT).orElse(MetricNexusConfig.PORT),
        settings.text(Setting.METRIC_NEXUS_NAMESPACE).orElse(MetricNexusConfig.NAMESPACE),
        tls());
  }

  private Tls tls() {
    Optional<Tls> given =
        both(Setting.METRIC_NEXUS_CERT, Setting.METRIC_NEXUS_KEY_FILE, Tls.Given::new);
    if (oneOf(Setting.METRIC_NEXUS_TLS, List.of(Https.ON, Https.OFF)) == Https.OFF) {
      return new Tls.Off();
    }
    return given.orElseGet(() -> new Tls.Own(data.resolve("metric-nexus")));
  }

  /** A certificate and its key, if they are given. */
  private <F> Optional<F> both(Setting certificate, Setting key, BiFunction<Path, Path, F> files) {
    Optional<Path> first = settings.path(certificate);
    Optional<Path> second = settings.path(key);
    if (first.isPresent() != second.isPresent()) {
      Setting missing = second.isPresent() ? certificate : key;
      throw new InvalidInputException(
          missing.plainName(), "is missing; the certificate and its key belong together");
    }
    return first.map(it -> files.apply(it, second.orElseThrow()));
  }

  private enum Https {
    ON,
    OFF
  }

  private RedisConfig redis() {
    return RedisConfig.on(
        settings.text(Setting.REDIS_BIND).orElse("127.0.0.1"),
        settings.number(Setting.REDIS_PORT).orElse(RedisConfig.PORT),
        settings.text(Setting.REDIS_NAMESPACE).orElse(RedisConfig.NAMESPACE));
  }

  /** Whether a door is on: one that is off by its own setting is so with all doors on, too. */
  boolean isOn(Setting door) {
    return settings.has(door) ? settings.isOn(door) : settings.isOn(Setting.ALL_DOORS);
  }

  private DraculaConfig dracula() {
    return new DraculaConfig(
        settings.text(Setting.DRACULA_BIND).orElse("127.0.0.1"),
        settings.number(Setting.DRACULA_PORT).orElse(DraculaConfig.PORT),
        portUnlessOff(Setting.DRACULA_REST_PORT, DraculaConfig.REST_PORT),
        secret(
            Setting.DRACULA_SECRET, Setting.DRACULA_SECRET_FILE, "what the clients share with it"),
        oneOf(Setting.DRACULA_AUTH, List.of(Auth.PSK, Auth.HMAC)),
        oneOf(Setting.DRACULA_ACK, List.of(Ack.APPLIED, Ack.LOGGED)));
  }

  /** Empty stands for off too, as Dracula has it. */
  private Optional<Integer> portUnlessOff(Setting setting, int usual) {
    Optional<String> given = settings.given(setting).map(String::strip);
    if (given.isEmpty()) {
      return Optional.of(usual);
    }
    return given.get().isEmpty() || given.get().equals(OFF)
        ? Optional.empty()
        : settings.number(setting);
  }

  /** One of those that can be chosen; the first where none is. */
  private <E extends Enum<E>> E oneOf(Setting setting, List<E> all) {
    Optional<String> name = settings.text(setting);
    if (name.isEmpty()) {
      return all.get(0);
    }
    return all.stream()
        .filter(value -> word(value).equals(name.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    setting.plainName(),
                    "is '%s'; it must be %s"
                        .formatted(
                            name.get(),
                            all.stream()
                                .map(DoorSettings::word)
                                .sorted()
                                .collect(Collectors.joining(" or ")))));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
