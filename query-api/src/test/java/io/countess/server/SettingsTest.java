package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path dir;

  @Test
  void shouldLetFlagsGoBeforeTheEnvironmentBeforeTheFile() throws IOException {
    var file = file("countess.http.port=1\ncountess.kafka.port=1\ncountess.threads=1\n");
    var environment =
        Map.of("COUNTESS_CONFIG", file, "COUNTESS_HTTP_PORT", "2", "COUNTESS_KAFKA_PORT", "2");
    var config = config(Map.of(Setting.HTTP_PORT, "3"), environment);
    assertThat(config.http().port()).isEqualTo(3);
    assertThat(config.broker().orElseThrow().port()).isEqualTo(2);
    assertThat(config.runtime().threads()).isEqualTo(1);
  }

  @Test
  void shouldReadTheFileThatTheFlagNamesRatherThanTheEnvironments() throws IOException {
    var environment = Map.of("COUNTESS_CONFIG", dir.resolve("absent").toString());
    var file = file("countess.http.port=7");
    assertThat(config(Map.of(Setting.CONFIG, file), environment).http().port()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void shouldNameEverySettingInThreeWays(Setting setting) {
    assertThat(setting.flag()).isEqualTo("--" + setting.plainName());
    assertThat(setting.property().replace('.', '_')).isEqualToIgnoringCase(setting.variable());
    assertThat(setting.description()).endsWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "countess.http.prot | ; did you mean countess.http.port?",
        "countess.trheads   | ; did you mean countess.threads?",
        "http.port          | ''",
        "countess.config    | ''",
        "countess.colour    | ''",
        "x                  | ''",
      })
  void shouldRefuseUnknownNamesInTheFile(String name, String meant) throws IOException {
    var file = file(name + "=1");
    assertThatThrownBy(() -> config(Map.of(Setting.CONFIG, file), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(name + " in " + file + " is not a setting" + meant);
  }

  @ParameterizedTest
  @CsvSource({
    "COUNTESS_HTTP_PROT, ; did you mean COUNTESS_HTTP_PORT?",
    "COUNTESS_HTTPPORT, ; did you mean COUNTESS_HTTP_PORT?",
    "COUNTESS_WHATEVER_ELSE, ''",
    "COUNTESS_KAFKA_SECURITY_PROTOCOL, ''",
  })
  void shouldRefuseUnknownNamesInTheEnvironment(String name, String meant) {
    assertThatThrownBy(() -> config(Map.of(), Map.of(name, "1")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(name + " in the environment is not a setting" + meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KAFKA_HEAP_OPTS",
        "COUNTESSA",
        "COUNTESS_URL",
        "COUNTESS_SERVICE_HOST",
        "COUNTESS_SERVICE_PORT",
        "COUNTESS_SERVICE_PORT_HTTP",
        "COUNTESS_PORT",
        "COUNTESS_PORT_8080_TCP",
        "COUNTESS_PORT_8080_TCP_ADDR"
      })
  void shouldPassOverVariablesThatAreNotItsOwn(String name) {
    assertThat(config(Map.of(), Map.of(name, "x"))).isEqualTo(config(Map.of(), Map.of()));
  }

  @Test
  void shouldTakeAnEmptyVariableAsNotSet() {
    assertThat(config(Map.of(), Map.of("COUNTESS_API_KEY", "", "COUNTESS_HTTP_PORT", "")))
        .isEqualTo(config(Map.of(), Map.of()));
  }

  @Test
  void shouldPassSettingsOnToKafka() throws IOException {
    var file = file("kafka.a.b=1\nkafka.c=1\nstreams.topology.optimization=all\n");
    var environment =
        Map.of(
            "COUNTESS_CONFIG", file, "COUNTESS_KAFKA__A_B", "2", "COUNTESS_STREAMS__MAIN_X", "3");
    var runtime = config(Map.of(), environment).runtime();
    assertThat(runtime.kafka()).isEqualTo(Map.of("a.b", "2", "c", "1"));
    assertThat(runtime.streams()).isEqualTo(Map.of("topology.optimization", "all", "main.x", "3"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT       | 70000   | http-port is 70000; it must be",
        "HTTP_PORT       | eighty  | http-port is 'eighty'; it must be a whole number",
        "HTTP_PORT       | ٨٠      | http-port is '٨٠'; it must be a whole number",
        "KAFKA_PORT      | -1      | kafka-port is -1; it must be",
        "PARTITIONS      | 0       | partitions is 0; it must be from 1 to 1024",
        "REPLICATION     | 3       | replication is 3; the embedded Kafka is one node",
        "THREADS         | 65      | threads is 65; it must be from 1 to 64",
        "HOT_ROWS        | 1       | hot-rows is 1; it must be from 1000 to",
        "STORE           | disk    | store is 'disk'; it must be rocksdb or memory",
        "COMMIT_INTERVAL | 1ms     | commit-interval is 1ms; it must be from 10ms to 60s",
        "COMMIT_INTERVAL | often   | commit-interval is 'often'; it must be a duration such as",
        "DEFAULT_TTL     | 0s      | default-ttl is '0s'; it must be longer than zero",
        "DEFAULT_TTL     | 401d    | default-ttl is 401d; it may be at most 400d",
        "INSECURE        | yes     | insecure is 'yes'; it must be true or false",
        "CORS_ORIGINS    | a.com   | cors-origins holds 'a.com'; an origin must look like https://",
      })
  void shouldNameWhatIsInvalidAndWhereItWasSet(Setting setting, String value, String message) {
    assertThatThrownBy(() -> config(Map.of(setting, value), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith(" (set by " + setting.flag() + ")");
    assertThatThrownBy(() -> config(Map.of(), Map.of(setting.variable(), value)))
        .hasMessageEndingWith(" (set by " + setting.variable() + " in the environment)");
  }

  @ParameterizedTest
  @EnumSource(names = {"KAFKA_PORT", "KAFKA_BIND", "KAFKA_ADVERTISED", "FLUSH_EACH_WRITE"})
  void shouldWarnOfWhatHasNoEffectWithoutAnEmbeddedKafka(Setting setting) {
    var flags = Map.of(Setting.BOOTSTRAP_SERVERS, "k:9092", setting, "1");
    assertThat(config(flags, Map.of()))
        .isEqualTo(config(Map.of(Setting.BOOTSTRAP_SERVERS, "k:9092"), Map.of()));
    assertThat(CountessConfig.warnings(Settings.read(flags, Map.of())))
        .containsExactly(
            setting.plainName()
                + " has no effect: it is for the embedded Kafka, and with bootstrap-servers (set by"
                + " --bootstrap-servers) there is none (set by "
                + setting.flag()
                + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:", "a:9092,b", "http://k:9092", "k:9092,"})
  void shouldRefuseBootstrapServersThatAreNoAddresses(String servers) {
    assertThatThrownBy(() -> config(Map.of(Setting.BOOTSTRAP_SERVERS, servers), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("bootstrap-servers is '" + servers + "'; it must be host:port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STREAMS__PROCESSING_GUARANTEE",
        "STREAMS__GROUP_PROTOCOL",
        "STREAMS__PRODUCER_ACKS",
        "KAFKA__ENABLE_IDEMPOTENCE"
      })
  void shouldRefuseWhatThePromisesRestOn(String variable) {
    assertThatThrownBy(() -> config(Map.of(), Map.of("COUNTESS_" + variable, "x")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("can't be set: what Countess promises rests on it");
  }

  @ParameterizedTest
  @EnumSource(names = {"PEER_KEY", "PEER_KEY_FILE", "ADVERTISED_HTTP", "STANDBY_REPLICAS"})
  void shouldWarnOfWhatHasNoEffectByItself(Setting setting) {
    assertThat(config(Map.of(setting, "1"), Map.of())).isEqualTo(config(Map.of(), Map.of()));
    assertThat(CountessConfig.warnings(Settings.read(Map.of(setting, "1"), Map.of())))
        .containsExactly(
            setting.plainName()
                + " has no effect: it is for several instances on one cluster, which"
                + " bootstrap-servers would name (set by "
                + setting.flag()
                + ")");
  }

  /** One file serves both ways of running. */
  @Test
  void shouldSayNothingOfDefaultsThatHaveNoEffect() {
    var alone = Map.of(Setting.STANDBY_REPLICAS, "0");
    var shared =
        Map.of(
            Setting.BOOTSTRAP_SERVERS,
            "k:9092",
            Setting.KAFKA_PORT,
            " 9092",
            Setting.FLUSH_EACH_WRITE,
            "false");
    for (var flags : List.of(alone, shared)) {
      assertThat(CountessConfig.warnings(Settings.read(flags, Map.of()))).isEmpty();
    }
  }

  @Test
  void shouldTakeThePeerKeyFromWhereverItStands() throws IOException {
    var file = dir.resolve("key");
    Files.writeString(file, "from-the-file\n");
    var shared = Map.of(Setting.BOOTSTRAP_SERVERS, "k:9092");
    var withFile = Map.of(Setting.BOOTSTRAP_SERVERS, "k:9092", Setting.PEER_KEY_FILE, "" + file);

    assertThat(config(shared, Map.of()).peers().key()).isEmpty();
    assertThat(config(shared, Map.of("COUNTESS_API_KEY", "all")).peers().key()).contains("all");
    assertThat(config(withFile, Map.of("COUNTESS_API_KEY", "all")).peers().key())
        .contains("from-the-file");
    assertThat(config(withFile, Map.of("COUNTESS_PEER_KEY", "own")).peers().key()).contains("own");
    assertThatThrownBy(() -> config(shared, Map.of("COUNTESS_PEER_KEY", "a b")))
        .hasMessageContaining("peer-key must be printable ASCII");
    Files.delete(file);
    assertThatThrownBy(() -> config(withFile, Map.of()))
        .hasMessageContaining("peer-key-file " + file + " can't be read");
  }

  @Test
  void shouldTakeByteOrderMarksOff() throws IOException {
    var file = Files.writeString(dir.resolve("marked"), "\ufeffcountess.http.port=81\n");
    var environment = Map.of("COUNTESS_KAFKA_PORT", "\ufeff92");
    var config = config(Map.of(Setting.CONFIG, file.toString()), environment);
    assertThat(config.http().port()).isEqualTo(81);
    assertThat(config.broker().orElseThrow().port()).isEqualTo(92);

    var utf16 = Files.write(dir.resolve("utf16"), new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
    assertThatThrownBy(() -> config(Map.of(Setting.CONFIG, utf16.toString()), Map.of()))
        .hasMessage("config file " + utf16 + " can't be read: it is UTF-16; it must be UTF-8");
  }

  @Test
  void shouldSayWhichFileCantBeRead() throws IOException {
    var absent = dir.resolve("absent").toString();
    assertThatThrownBy(() -> config(Map.of(Setting.CONFIG, absent), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("config file " + absent + " can't be read");
    var notProperties = Files.write(dir.resolve("bytes"), new byte[] {(byte) 0xff}).toString();
    assertThatThrownBy(() -> config(Map.of(Setting.CONFIG, notProperties), Map.of()))
        .isInstanceOf(SettingsException.class);
  }

  @Test
  void shouldOfferEveryoneOnTheMachineOnlyWhatIsNoSecret() {
    assertThat(Arrays.stream(Setting.values()).filter(setting -> !setting.isFlag()))
        .containsExactly(
            Setting.API_KEY, Setting.PEER_KEY, Setting.DRACULA_SECRET, Setting.TENANTS_ADMIN_KEY);
  }

  private String file(String content) throws IOException {
    return Files.writeString(dir.resolve("countess.properties"), content).toString();
  }

  private static CountessConfig config(
      Map<Setting, String> flags, Map<String, String> environment) {
    return new ConfigReader(Settings.read(flags, environment), new Machine(2, 1 << 30)).read();
  }
}
