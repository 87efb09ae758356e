package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.broker.BrokerConfig;
import io.countess.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCheckTest {
  @TempDir Path temporary;
  private EmbeddedBroker broker;
  private Admin admin;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(new BrokerConfig(temporary, "127.0.0.1", 0, 4, false));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close(Duration.ofSeconds(5));
    broker.close();
  }

  @Test
  void shouldNotWarnTheFirstInstanceOfAGroup() {
    assertThat(GroupCheck.warning(admin, config(1))).isEmpty();
  }

  @Test
  void shouldWarnOfCopiesThatAnEmbeddedLeaderWillAskNobodyFor() {
    try (var embedded = member(Optional.of("countess-1"))) {
      assertThat(embedded.assignment()).isNotEmpty();
      assertThat(GroupCheck.warning(admin, config(2)))
          .hasValueSatisfying(
              warning ->
                  assertThat(warning)
                      .startsWith("standby-replicas=2 has no effect here")
                      .contains("embedded Kafka", "bootstrap-servers"));
      assertThat(GroupCheck.warning(admin, config(0))).isEmpty();
    }
  }

  @Test
  void shouldNotWarnWhereAllShareACluster() {
    try (var shared = member(Optional.empty())) {
      assertThat(shared.assignment()).isNotEmpty();
      assertThat(GroupCheck.warning(admin, config(1))).isEmpty();
    }
  }

  private KafkaConsumer<byte[], byte[]> member(Optional<String> instanceId) {
    admin.createTopics(List.of(new NewTopic("log", 1, (short) 1)));
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("group.id", "countess");
    instanceId.ifPresent(id -> settings.put("group.instance.id", id));
    var bytes = new ByteArrayDeserializer();
    var consumer = new KafkaConsumer<>(settings, bytes, bytes);
    consumer.subscribe(List.of("log"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(100));
              return !consumer.assignment().isEmpty();
            });
    return consumer;
  }

  private RuntimeConfig config(int standbyReplicas) {
    return new RuntimeConfig(
        broker.bootstrapServers(),
        "countess",
        temporary,
        StoreKind.MEMORY,
        Duration.ofMillis(500),
        1,
        1,
        (short) 1,
        false,
        1000,
        standbyReplicas,
        Map.of(),
        Map.of());
  }
}
