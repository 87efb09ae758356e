package io.countess.server;

import io.countess.broker.BrokerConfig;
import io.countess.cluster.PeerConfig;
import io.countess.door.FileProblems;
import io.countess.door.KeysConfig;
import io.countess.door.http.CorsOrigins;
import io.countess.door.http.HttpConfig;
import io.countess.event.ByteOrderMark;
import io.countess.event.InvalidInputException;
import io.countess.metrics.MetricsConfig;
import io.countess.runtime.RuntimeConfig;
import io.countess.runtime.StoreKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns settings into the config records, filling in the defaults. */
final class ConfigReader {
  private static final String APPLICATION_ID = "countess";
  private static final Path DEFAULT_DATA = Path.of("data");
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(500);
  private static final int MOST_THREADS_BY_DEFAULT = 64;
  private static final Pattern SERVER =
      Pattern.compile("([^\\s:/\\[\\]]+|\\[[^\\s/]+\\]):\\d{1,5}");
  private static final Set<Setting> EMBEDDED_ONLY =
      Set.of(
          Setting.KAFKA_PORT,
          Setting.KAFKA_BIND,
          Setting.KAFKA_ADVERTISED,
          Setting.FLUSH_EACH_WRITE);
  private static final Set<Setting> SHARED_ONLY =
      Set.of(
          Setting.PEER_KEY,
          Setting.PEER_KEY_FILE,
          Setting.ADVERTISED_HTTP,
          Setting.STANDBY_REPLICAS);

  private final Settings settings;
  private final Machine machine;
  private final boolean embedded;

  ConfigReader(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
    this.embedded = !settings.has(Setting.BOOTSTRAP_SERVERS);
  }

  CountessConfig read() {
    try {
      return new CountessConfig(
          data(),
          embedded ? Optional.of(broker()) : Optional.empty(),
          runtime(),
          keys(),
          http(),
          new DoorSettings(settings, data()).read(),
          peers(),
          settings.number(Setting.PARTITIONS),
          settings.duration(Setting.DEFAULT_TTL),
          metrics());
    } catch (InvalidInputException invalid) {
      throw new SettingsException(invalid.getMessage() + origin(invalid.field()));
    }
  }

  private MetricsConfig metrics() {
    return settings
        .text(Setting.METRICS_NAMESPACES)
        .map(MetricsConfig::parse)
        .orElse(MetricsConfig.DEFAULT);
  }

  private Path data() {
    return settings.path(Setting.DATA).orElse(DEFAULT_DATA);
  }

  private BrokerConfig broker() {
    return new BrokerConfig(
        data().resolve("kafka"),
        kafkaBind(),
        kafkaPort(),
        settings.text(Setting.KAFKA_ADVERTISED),
        partitions(),
        settings.isOn(Setting.FLUSH_EACH_WRITE));
  }

  private RuntimeConfig runtime() {
    return new RuntimeConfig(
        bootstrapServers().orElse(kafkaBind() + ":" + kafkaPort()),
        APPLICATION_ID,
        data().resolve("state"),
        store(),
        settings.duration(Setting.COMMIT_INTERVAL).orElse(DEFAULT_COMMIT_INTERVAL),
        threads(),
        partitions(),
        replication(),
        embedded,
        settings.number(Setting.HOT_ROWS).orElseGet(machine::hotRows),
        embedded ? 0 : settings.number(Setting.STANDBY_REPLICAS).orElse(0),
        settings.passedOn(Settings.KAFKA_PREFIX),
        settings.passedOn(Settings.STREAMS_PREFIX));
  }

  private Optional<String> bootstrapServers() {
    Optional<String> servers = settings.text(Setting.BOOTSTRAP_SERVERS);
    for (String server : servers.map(all -> all.split(",", -1)).orElse(new String[0])) {
      if (!SERVER.matcher(server.strip()).matches()) {
        throw new InvalidInputException(
            Setting.BOOTSTRAP_SERVERS.plainName(),
            "is '%s'; it must be host:port, with commas between several".formatted(servers.get()));
      }
    }
    return servers;
  }

  private KeysConfig keys() {
    return new KeysConfig(
        settings.path(Setting.API_KEYS),
        settings.text(Setting.API_KEY),
        settings.isOn(Setting.INSECURE));
  }

  private HttpConfig http() {
    return new HttpConfig(
        settings.text(Setting.BIND).orElse(LOOPBACK),
        settings.number(Setting.HTTP_PORT).orElse(8080),
        settings.text(Setting.CORS_ORIGINS).map(CorsOrigins::parse).orElse(CorsOrigins.NONE),
        settings.duration(Setting.HTTP_IDLE).orElse(HttpConfig.IDLE));
  }

  private PeerConfig peers() {
    if (embedded) {
      return new PeerConfig(Optional.empty(), settings.text(Setting.API_KEY));
    }
    return new PeerConfig(
        settings.text(Setting.ADVERTISED_HTTP),
        settings
            .text(Setting.PEER_KEY)
            .or(() -> settings.path(Setting.PEER_KEY_FILE).map(ConfigReader::readPeerKey))
            .or(() -> settings.text(Setting.API_KEY)));
  }

  private static String readPeerKey(Path file) {
    return readSecret(Setting.PEER_KEY_FILE, file, "the key that all instances have");
  }

  /**
   * What a file holds that nobody else should know, without white space around it.
   *
   * @param what it has to hold
   */
  static String readSecret(Setting setting, Path file, String what) {
    try {
      String secret = ByteOrderMark.readFile(file).strip();
      if (secret.isEmpty()) {
        throw new InvalidInputException(
            setting.plainName(), file + " is empty; it must hold " + what);
      }
      return secret;
    } catch (IOException unreadable) {
      throw new InvalidInputException(
          setting.plainName(), file + " can't be read: " + FileProblems.reason(unreadable));
    }
  }

  private String kafkaBind() {
    return settings.text(Setting.KAFKA_BIND).orElse(LOOPBACK);
  }

  private int kafkaPort() {
    return settings.number(Setting.KAFKA_PORT).orElse(9092);
  }

  private int partitions() {
    return settings.number(Setting.PARTITIONS).orElse(embedded ? 4 : 16);
  }

  private int threads() {
    int most = Math.max(1, Math.min(MOST_THREADS_BY_DEFAULT, partitions()));
    return settings.number(Setting.THREADS).orElse(Math.min(machine.processors(), most));
  }

  private short replication() {
    int replication = settings.number(Setting.REPLICATION).orElse(embedded ? 1 : 3);
    if (embedded && replication != 1) {
      throw new InvalidInputException(
          "replication", "is " + replication + "; the embedded Kafka is one node, so it must be 1");
    }
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, replication));
  }

  private StoreKind store() {
    String name = settings.text(Setting.STORE).orElse("rocksdb");
    return Arrays.stream(StoreKind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "store", "is '" + name + "'; it must be rocksdb or memory"));
  }

  /**
   * What has no effect, a sentence each. It is no error: one file may serve both ways of running.
   */
  List<String> warnings() {
    String why =
        embedded
            ? "is for several instances on one cluster, which bootstrap-servers would name"
            : "is for the embedded Kafka, and with bootstrap-servers%s there is none"
                .formatted(origin(Setting.BOOTSTRAP_SERVERS.plainName()));
    var warnings = new ArrayList<>(warnings(embedded ? SHARED_ONLY : EMBEDDED_ONLY, why));
    for (DoorSettings.OfDoor door : new DoorSettings(settings, data()).off()) {
      String whyNot = "is for the %s door, which %s switches on";
      warnings.addAll(
          warnings(door.settings(), whyNot.formatted(door.name(), door.on().plainName())));
    }
    return warnings;
  }

  private List<String> warnings(Set<Setting> without, String why) {
    return Arrays.stream(Setting.values())
        .filter(without::contains)
        .filter(settings::has)
        .filter(setting -> !isDefault(setting))
        .map(
            setting ->
                "%s has no effect: it %s%s"
                    .formatted(setting.plainName(), why, origin(setting.plainName())))
        .toList();
  }

  private boolean isDefault(Setting setting) {
    return settings.given(setting).map(String::strip).equals(Optional.of(setting.defaultText()));
  }

  private String origin(String field) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.plainName().equals(field))
        .findFirst()
        .flatMap(settings::origin)
        .map(origin -> " (set by " + origin + ")")
        .orElse("");
  }
}
