package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.ZoneData;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered after a start includes all that was in the log before. */
class CatchUpTest {
  private static final CounterName ALICE = CounterName.of("sums", "alice");
  private static final int PUTS = 300_000;

  @TempDir Path data;

  @Test
  void shouldAnswerFromAllThatWasLoggedBeforeItStarted() throws Exception {
    try (var group = new Group(data)) {
      Group.Member first = group.start("one");
      first.counts().setPolicy(ALICE.namespace(), Policy.Total.unbounded(), OnChange.RESET);
      group.stop(first);
      produce(group.kafka(), Map.of(ProducerConfig.LINGER_MS_CONFIG, 5), PUTS);

      Group.Member again = group.start("one");

      assertThat(again.counts().count(ALICE).count()).isEqualTo(PUTS);
      assertThat(again.counts().readiness().ready()).isTrue();
      assertThat(again.counts().readiness().zoneData()).contains(ZoneData.EDITION);
    }
  }

  /** The marker that ends a transaction takes an offset, and no fold ever comes to it. */
  @Test
  void shouldGetReadyWhereTheLogEndsWithAMarker() throws Exception {
    try (var group = new Group(data)) {
      Group.Member first = group.start("one");
      first.counts().setPolicy(ALICE.namespace(), Policy.Total.unbounded(), OnChange.RESET);
      group.stop(first);
      produce(group.kafka(), Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "outside"), 3);

      Group.Member again = group.start("one");

      assertThat(again.counts().count(ALICE).count()).isEqualTo(3);
    }
  }

  private static void produce(String kafka, Map<String, Object> more, int puts) {
    var settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    byte[] key = RecordKey.of(ALICE);
    boolean inTransaction = more.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      if (inTransaction) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      for (int i = 0; i < puts; i++) {
        var unused = producer.send(new ProducerRecord<>(LogFormat.EVENTS_TOPIC, key, new byte[0]));
      }
      if (inTransaction) {
        producer.commitTransaction();
      }
    }
  }
}
