package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.broker.SecuredBroker;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.ByteString;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody adds partitions to the topic of the log, and producers write there. */
class AddedPartitionsTest {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final ByteString STOCK = ByteString.utf8("stock");
  private static final int KEYS = 50;

  @TempDir Path dir;

  @Test
  void shouldRefuseThemWhereKafkaIsEmbedded() throws Exception {
    try (Countess countess = start(Map.of(Setting.KAFKA_PORT, "0", Setting.PARTITIONS, "4"));
        var admin = Admin.create(Map.of("bootstrap.servers", countess.kafka()))) {
      assertThatThrownBy(() -> add(admin, 6))
          .cause()
          .isInstanceOf(TopicAuthorizationException.class);

      var log = admin.describeTopics(List.of(LogFormat.EVENTS_TOPIC)).allTopicNames().get();
      assertThat(log.get(LogFormat.EVENTS_TOPIC).partitions()).hasSize(4);
    }
  }

  @Test
  void shouldCountWhatStandsThereOnceAlsoAfterAStart() throws Exception {
    try (var broker = SecuredBroker.start(dir.resolve("kafka"), List.of())) {
      Map<Setting, String> flags =
          Map.of(
              Setting.BOOTSTRAP_SERVERS, broker.serversOfAdmin(),
              Setting.PARTITIONS, "4",
              Setting.REPLICATION, "1");
      try (Countess countess = start(flags);
          Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
        assertThat(countess.awaitReady(READY)).isTrue();
        counts.setPolicy(
            STOCK,
            PolicyCodec.decode("{\"kind\":\"total\"}".getBytes(StandardCharsets.UTF_8)),
            OnChange.KEEP);
        produce(broker, 4);
        add(broker.admin(), 6);
        produce(broker, 6);

        awaitCounted(counts, 2 * KEYS);
        assertThat(counts.readiness().ready()).isTrue();
      }
      produce(broker, 6);

      try (Countess countess = start(flags);
          Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
        assertThat(countess.awaitReady(READY)).isTrue();
        awaitCounted(counts, 3 * KEYS);
        produce(broker, 6);
        awaitCounted(counts, 4 * KEYS);
      }
    }
  }

  private static void awaitCounted(Counts counts, long sum) {
    await()
        .atMost(READY)
        .untilAsserted(
            () -> assertThat(counts.namespace(STOCK).totals().count()).isGreaterThanOrEqualTo(sum));
    assertThat(counts.namespace(STOCK).totals().count()).isEqualTo(sum);
  }

  /** A put of one to each key, spread over partitions as somebody does who partitions anyhow. */
  private static void produce(SecuredBroker broker, int partitions) throws Exception {
    var settings = Map.<String, Object>of("bootstrap.servers", broker.serversOfAdmin());
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(settings, text, text)) {
      for (int i = 0; i < KEYS; i++) {
        String key = "stock/key" + i;
        var unused =
            producer.send(new ProducerRecord<>(LogFormat.EVENTS_TOPIC, i % partitions, key, null));
      }
      producer.flush();
    }
  }

  private static void add(Admin admin, int partitions) throws Exception {
    var more = Map.of(LogFormat.EVENTS_TOPIC, NewPartitions.increaseTo(partitions));
    admin.createPartitions(more).all().get(20, TimeUnit.SECONDS);
  }

  private Countess start(Map<Setting, String> others) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, dir.resolve("data").toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.putAll(others);
    return Countess.start(CountessConfig.of(Settings.read(flags, Map.of())));
  }
}
