package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service in this process, with its embedded Kafka, over both stores. */
class WholeServiceTest {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final ByteString LOGINS = ByteString.utf8("logins");
  private static final int KEYS = 50;
  private static final int PARTITIONS = 4;

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "memory"})
  void shouldKeepEveryCountOverARestartAndWithoutItsLocalState(String store) throws Exception {
    try (Countess countess = Alone.start(data, store);
        Counts counts = counts(countess)) {
      counts.setPolicy(LOGINS, Policy.Total.unbounded(), OnChange.RESET);
      produceAnywhere(countess.kafka(), 4000);
      await().atMost(READY).until(() -> counts.namespace(LOGINS).totals().count() == 4000);
      assertThat(counts.put(key(0), 5).count()).hasValue(85);
    }
    try (Countess countess = Alone.start(data, store);
        Counts counts = counts(countess)) {
      assertCounts(counts);
    }
    delete(data.resolve("state"));
    try (Countess countess = Alone.start(data, store);
        Counts counts = counts(countess)) {
      assertCounts(counts);
      assertThat(counts.put(key(1), 1).count()).hasValue(81);
    }
  }

  private void assertCounts(Counts counts) {
    assertThat(counts.count(key(0)).count()).isEqualTo(85);
    for (int i = 1; i < KEYS; i++) {
      assertThat(counts.count(key(i)).count()).as("key %d", i).isEqualTo(80);
    }
    var totals = counts.namespace(LOGINS).totals();
    assertThat(totals.count()).isEqualTo(4005);
    assertThat(totals.keys()).isEqualTo(KEYS);
  }

  /** Appends puts as a client would that partitions in a way of its own. */
  private static void produceAnywhere(String kafka, int puts) {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ProducerConfig.LINGER_MS_CONFIG, 5);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < puts; i++) {
        byte[] key = RecordKey.of(key(i % KEYS));
        var unused =
            producer.send(
                new ProducerRecord<>(LogFormat.EVENTS_TOPIC, i / 7 % PARTITIONS, key, new byte[0]));
      }
    }
  }

  private static CounterName key(int i) {
    return CounterName.of("logins", "key" + i);
  }

  private static Counts counts(Countess countess) {
    return Counts.open(CountsConfig.of(countess.url()));
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (var walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
