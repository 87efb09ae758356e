package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.Puts;
import io.countess.client.PutsConfig;
import io.countess.event.CounterName;
import io.countess.event.Position;
import io.countess.runtime.LogTopicsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The service with a Kafka of its own kind, in a container. */
class ClusterTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static KafkaContainer kafka;

  @TempDir Path data;

  @BeforeAll
  static void startKafka() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker here: the embedded Kafka covers the same");
    kafka = new KafkaContainer("apache/kafka:4.3.1");
    kafka.start();
  }

  @AfterAll
  static void stopKafka() {
    if (kafka != null) {
      kafka.stop();
    }
  }

  @Test
  void shouldCountWithTheLogOnAnOutsideCluster() throws Exception {
    var counter = CounterName.of("logins", "alice");
    Position logged;
    try (Countess countess = start("4");
        Counts counts = Counts.open(CountsConfig.of(countess.url()));
        Puts puts = Puts.open(PutsConfig.of(kafka.getBootstrapServers()))) {
      assertThat(countess.awaitReady(READY)).isTrue();
      assertThat(counts.put(counter, 2).count()).hasValue(2);
      logged = puts.put(counter).get();
      assertThat(counts.including(logged).count(counter).count()).isEqualTo(3);
    }
    try (Countess countess = start("4");
        Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
      assertThat(countess.awaitReady(READY)).isTrue();
      assertThat(counts.including(logged).count(counter).count()).isEqualTo(3);
    }
  }

  @Test
  void shouldSayWhichClusterDoesNotAnswer() {
    var flags = flags("4");
    flags.put(Setting.BOOTSTRAP_SERVERS, "127.0.0.1:1");

    assertThatThrownBy(() -> Countess.start(CountessConfig.of(Settings.read(flags, Map.of()))))
        .isInstanceOf(LogTopicsException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  private Countess start(String partitions) {
    return Countess.start(CountessConfig.of(Settings.read(flags(partitions), Map.of())));
  }

  private EnumMap<Setting, String> flags(String partitions) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.putAll(
        new HashMap<>(
            Map.of(
                Setting.DATA,
                data.toString(),
                Setting.HTTP_PORT,
                "0",
                Setting.BOOTSTRAP_SERVERS,
                Optional.ofNullable(kafka).map(KafkaContainer::getBootstrapServers).orElse(""),
                Setting.PARTITIONS,
                partitions,
                Setting.REPLICATION,
                "1")));
    return flags;
  }
}
