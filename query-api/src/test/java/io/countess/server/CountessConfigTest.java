package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.broker.BrokerConfig;
import io.countess.cluster.PeerConfig;
import io.countess.door.KeysConfig;
import io.countess.door.dracula.DraculaConfig;
import io.countess.door.envoy.EnvoyConfig;
import io.countess.door.http.CorsOrigins;
import io.countess.door.http.HttpConfig;
import io.countess.door.metricnexus.MetricNexusConfig;
import io.countess.door.metricnexus.Tls;
import io.countess.door.redis.RedisConfig;
import io.countess.door.tenants.Origins;
import io.countess.door.tenants.RequestLimit;
import io.countess.door.tenants.TenantsConfig;
import io.countess.event.ByteString;
import io.countess.metrics.MetricsConfig;
import io.countess.query.Command;
import io.countess.runtime.RuntimeConfig;
import io.countess.runtime.StoreKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountessConfigTest {
  private static final Machine SMALL = new Machine(2, 320_000_000);

  @Test
  void shouldRunByItselfOnLoopbackByDefault() {
    assertThat(config(Map.of(), Map.of()))
        .isEqualTo(
            new CountessConfig(
                Path.of("data"),
                Optional.of(new BrokerConfig(Path.of("data/kafka"), "127.0.0.1", 9092, 4, false)),
                new RuntimeConfig(
                    "127.0.0.1:9092",
                    "countess",
                    Path.of("data/state"),
                    StoreKind.ROCKSDB,
                    Duration.ofMillis(500),
                    2,
                    4,
                    (short) 1,
                    true,
                    1_000_000,
                    0,
                    Map.of(),
                    Map.of()),
                KeysConfig.NONE,
                new HttpConfig("127.0.0.1", 8080),
                DoorsConfig.NONE,
                PeerConfig.NONE,
                Optional.empty(),
                Optional.empty(),
                MetricsConfig.DEFAULT));
  }

  @Test
  void shouldShareAClusterByDefault() {
    var config = config(Map.of(Setting.BOOTSTRAP_SERVERS, "k1:9092,k2:9092"), Map.of());
    assertThat(config.broker()).isEmpty();
    assertThat(config.runtime().bootstrapServers()).isEqualTo("k1:9092,k2:9092");
    assertThat(config.runtime().partitions()).isEqualTo(16);
    assertThat(config.runtime().replication()).isEqualTo((short) 3);
    assertThat(config.runtime().staticMember()).isFalse();
    assertThat(config.runtime().threads()).isEqualTo(2);
  }

  @Test
  void shouldMapEverySetting(@TempDir Path dir) throws Exception {
    var file = dir.resolve("countess.properties");
    Files.writeString(
        file,
        """
        countess.data = /srv/countess
        countess.bind = 0.0.0.0
        countess.http.port = 80
        countess.http.idle = 75s
        countess.api.keys = keys.txt
        countess.api.key = secret
        countess.insecure = true
        countess.cors.origins = https://a.example, https://b.example
        countess.dracula = true
        countess.dracula.bind = 10.0.0.2
        countess.dracula.port = 3609
        countess.dracula.rest.port = 3610
        countess.dracula.secret = a preshared key of clients
        countess.dracula.auth = hmac
        countess.dracula.ack = logged
        countess.redis = true
        countess.redis.bind = 10.0.0.3
        countess.redis.port = 6479
        countess.redis.namespace = :
        countess.metric.nexus = true
        countess.metric.nexus.bind = 10.0.0.4
        countess.metric.nexus.port = 8543
        countess.metric.nexus.namespace = gauges
        countess.metric.nexus.cert = tls.cert
        countess.metric.nexus.key.file = tls.key
        countess.envoy = true
        countess.envoy.bind = 10.0.0.5
        countess.envoy.port = 18081
        countess.envoy.json.port = off
        countess.envoy.config = limits
        countess.envoy.namespace = edge
        countess.envoy.headers = true
        countess.envoy.tls.cert = edge.cert
        countess.envoy.tls.key = edge.key
        countess.tenants = true
        countess.tenants.bind = 10.0.0.5
        countess.tenants.port = 8091
        countess.tenants.namespace = counters
        countess.tenants.admin.key = the key of the admin
        countess.tenants.limit = 7/s
        countess.tenants.idempotency = 7d
        countess.tenants.history = 365d
        countess.tenants.cors.origins = https://a.example
        countess.tenants.access.log = access.log
        countess.kafka.bind = 10.0.0.1
        countess.kafka.port = 0
        countess.kafka.advertised = k.example:9092
        countess.flush.each.write = true
        countess.partitions = 6
        countess.replication = 1
        countess.default.ttl = 5m
        countess.store = memory
        countess.hot.rows = 5000
        countess.commit.interval = 1s
        countess.threads = 3
        countess.metrics.namespaces = billing-*,api
        kafka.security.protocol = SSL
        streams.num.standby.replicas = 1
        """);
    assertThat(config(Map.of(Setting.CONFIG, file.toString()), Map.of()))
        .isEqualTo(
            new CountessConfig(
                Path.of("/srv/countess"),
                Optional.of(
                    new BrokerConfig(
                        Path.of("/srv/countess/kafka"),
                        "10.0.0.1",
                        0,
                        Optional.of("k.example:9092"),
                        6,
                        true)),
                new RuntimeConfig(
                    "10.0.0.1:0",
                    "countess",
                    Path.of("/srv/countess/state"),
                    StoreKind.MEMORY,
                    Duration.ofSeconds(1),
                    3,
                    6,
                    (short) 1,
                    true,
                    5000,
                    0,
                    Map.of("security.protocol", "SSL"),
                    Map.of("num.standby.replicas", "1")),
                new KeysConfig(Optional.of(Path.of("keys.txt")), Optional.of("secret"), true),
                new HttpConfig(
                    "0.0.0.0",
                    80,
                    CorsOrigins.parse("https://a.example,https://b.example"),
                    Duration.ofSeconds(75)),
                DoorsConfig.NONE
                    .with(
                        new DraculaConfig(
                            "10.0.0.2",
                            3609,
                            Optional.of(3610),
                            Optional.of("a preshared key of clients"),
                            DraculaConfig.Auth.HMAC,
                            Command.Ack.LOGGED))
                    .with(new RedisConfig("10.0.0.3", 6479, Optional.empty()))
                    .with(
                        MetricNexusConfig.on(
                            "10.0.0.4",
                            8543,
                            "gauges",
                            new Tls.Given(Path.of("tls.cert"), Path.of("tls.key"))))
                    .with(
                        new EnvoyConfig(
                            "10.0.0.5",
                            18_081,
                            Optional.empty(),
                            Optional.of(Path.of("limits")),
                            ByteString.utf8("edge"),
                            true,
                            Optional.of(
                                new EnvoyConfig.Tls(Path.of("edge.cert"), Path.of("edge.key")))))
                    .with(
                        new TenantsConfig(
                            "10.0.0.5",
                            8091,
                            ByteString.utf8("counters"),
                            Optional.of("the key of the admin"),
                            Optional.of(RequestLimit.parse("7/s")),
                            Duration.ofDays(7),
                            Duration.ofDays(365),
                            new Origins(List.of("https://a.example")),
                            Optional.of(Path.of("access.log")))),
                new PeerConfig(Optional.empty(), Optional.of("secret")),
                Optional.of(6),
                Optional.of(Duration.ofMinutes(5)),
                MetricsConfig.parse("billing-*,api")));
  }

  @Test
  void shouldOpenTheDoorsThatAreOn() {
    var dracula = DraculaConfig.on("127.0.0.1", 3509, Optional.of(3510));
    var redis = RedisConfig.on("127.0.0.1", 6379, "redis");
    var tls = new Tls.Own(Path.of("data", "metric-nexus"));
    var nexus = MetricNexusConfig.on("127.0.0.1", 4096, "metrics", tls);
    var envoy = EnvoyConfig.on("127.0.0.1", 8081, Optional.of(8082), Optional.empty());
    var tenants = TenantsConfig.on("127.0.0.1", 8090);
    var others = DoorsConfig.NONE.with(redis).with(nexus).with(envoy).with(tenants);

    assertThat(config(Map.of(Setting.ALL_DOORS, "true"), Map.of()).doors())
        .isEqualTo(others.with(dracula));
    assertThat(config(Map.of(Setting.DRACULA, "true"), Map.of()).doors())
        .isEqualTo(DoorsConfig.NONE.with(dracula));
    assertThat(
            config(Map.of(Setting.ALL_DOORS, "true", Setting.DRACULA, "false"), Map.of()).doors())
        .isEqualTo(others);
    assertThat(config(Map.of(Setting.REDIS, "true"), Map.of()).doors())
        .isEqualTo(DoorsConfig.NONE.with(redis));
    assertThat(config(Map.of(Setting.METRIC_NEXUS, "true"), Map.of()).doors())
        .isEqualTo(DoorsConfig.NONE.with(nexus));
    assertThat(config(Map.of(Setting.TENANTS, "true"), Map.of()).doors())
        .isEqualTo(DoorsConfig.NONE.with(tenants));
    for (String off : List.of("off", "")) {
      var flags = Map.of(Setting.DRACULA, "true", Setting.DRACULA_REST_PORT, off);
      assertThat(config(flags, Map.of()).doors().dracula().orElseThrow().restPort()).isEmpty();
    }
  }

  @Test
  void shouldSayWhatIsWrongWithASettingOfADoor() {
    var wrong =
        Map.of(
            Setting.DRACULA_ACK, "never",
            Setting.DRACULA_AUTH, "hmac",
            Setting.DRACULA_PORT, "65536",
            Setting.DRACULA_REST_PORT, "of",
            Setting.DRACULA_SECRET_FILE, "/none/such");
    var said =
        Map.of(
            Setting.DRACULA_ACK, "dracula-ack is 'never'; it must be applied or logged",
            Setting.DRACULA_AUTH,
                "dracula-auth is hmac, which needs a secret of at least 16 characters: give"
                    + " COUNTESS_DRACULA_SECRET or --dracula-secret-file",
            Setting.DRACULA_PORT, "dracula-port is 65536; it must be 0 to 65535",
            Setting.DRACULA_REST_PORT, "dracula-rest-port is 'of'; it must be a whole number",
            Setting.DRACULA_SECRET_FILE,
                "dracula-secret-file /none/such can't be read: there is no such file");

    wrong.forEach(
        (setting, text) ->
            assertThatThrownBy(
                    () -> config(Map.of(Setting.DRACULA, "true", setting, text), Map.of()))
                .hasMessage(said.get(setting) + " (set by " + setting.flag() + ")"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DRACULA | DRACULA_SECRET_FILE | what the clients share with it",
        "TENANTS | TENANTS_ADMIN_KEY_FILE | a key of at least 16 characters"
      })
  void shouldSayWhatBelongsInAnEmptyFile(
      Setting door, Setting setting, String what, @TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("secret"), "\n");

    assertThatThrownBy(() -> config(Map.of(door, "true", setting, file.toString()), Map.of()))
        .hasMessage(
            "%s %s is empty; it must hold %s (set by %s)"
                .formatted(setting.plainName(), file, what, setting.flag()));
  }

  @Test
  void shouldOpenTheEnvoyDoorAlone() {
    var envoy = EnvoyConfig.on("127.0.0.1", 8081, Optional.of(8082), Optional.empty());
    assertThat(config(Map.of(Setting.ENVOY, "true"), Map.of()).doors())
        .isEqualTo(DoorsConfig.NONE.with(envoy));
  }

  @Test
  void shouldSayWhatIsWrongWithASettingOfTheMetricNexusDoor() {
    var said =
        Map.of(
            Map.entry(Setting.METRIC_NEXUS_PORT, "-1"),
            "metric-nexus-port is -1; it must be 0 to 65535 (set by --metric-nexus-port)",
            Map.entry(Setting.METRIC_NEXUS_NAMESPACE, "n".repeat(65)),
            "metric-nexus-namespace is 65 bytes long; at most 64 bytes are allowed (set by"
                + " --metric-nexus-namespace)",
            Map.entry(Setting.METRIC_NEXUS_TLS, "yes"),
            "metric-nexus-tls is 'yes'; it must be off or on (set by --metric-nexus-tls)",
            Map.entry(Setting.METRIC_NEXUS_CERT, "tls.cert"),
            "metric-nexus-key-file is missing; the certificate and its key belong together",
            Map.entry(Setting.METRIC_NEXUS_KEY_FILE, "tls.key"),
            "metric-nexus-cert is missing; the certificate and its key belong together");
    said.forEach(
        (wrong, text) -> {
          var flags = Map.of(Setting.METRIC_NEXUS, "true", wrong.getKey(), wrong.getValue());
          assertThatThrownBy(() -> config(flags, Map.of())).hasMessage(text);
        });
  }

  @Test
  void shouldWantTheCertificateOfEnvoyAndItsKey() {
    for (Setting alone : new Setting[] {Setting.ENVOY_TLS_CERT, Setting.ENVOY_TLS_KEY}) {
      Setting missing =
          alone == Setting.ENVOY_TLS_KEY ? Setting.ENVOY_TLS_CERT : Setting.ENVOY_TLS_KEY;
      assertThatThrownBy(() -> config(Map.of(Setting.ENVOY, "true", alone, "file"), Map.of()))
          .hasMessage(
              missing.plainName() + " is missing; the certificate and its key belong together");
    }
  }

  @Test
  void shouldWarnOfSettingsOfADoorThatIsOff() {
    var settings = Settings.read(Map.of(Setting.DRACULA_PORT, "1"), Map.of());
    assertThat(CountessConfig.warnings(settings))
        .containsExactly(
            "dracula-port has no effect: it is for the Dracula door, which dracula switches on"
                + " (set by --dracula-port)");
  }

  @Test
  void shouldNotStartMoreThreadsThanThereArePartitionsUnlessTold() {
    var config = config(Map.of(Setting.PARTITIONS, "1"), Map.of());
    assertThat(config.runtime().threads()).isEqualTo(1);
    assertThat(Machine.here().hotRows()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void shouldUseTheBrokerThatReallyListens() {
    var config = config(Map.of(Setting.KAFKA_PORT, "0"), Map.of());
    assertThat(config.runtimeAt("127.0.0.1:40001").bootstrapServers()).isEqualTo("127.0.0.1:40001");
    assertThat(config.runtimeAt(config.runtime().bootstrapServers())).isEqualTo(config.runtime());
  }

  private static CountessConfig config(
      Map<Setting, String> flags, Map<String, String> environment) {
    return new ConfigReader(Settings.read(flags, environment), SMALL).read();
  }
}
