package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Lag;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.Partitions;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lag is what the fold has still to come to, of what can be read. */
class LagTest {
  private static final CounterName ALICE = CounterName.of("sums", "alice");
  private static final int HOME = Partitions.of(RecordKey.of(ALICE), 4);
  private static final Lag UNKNOWN = new Lag(-1, Duration.ZERO);
  private static final int MANY = 200_000;
  private static final long MOST_ROUNDS = 20;

  /** What a lag is old at the most, and some patience with a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path data;
  private Countess countess;
  private Counts counts;

  @BeforeEach
  void start() throws InterruptedException {
    countess = Alone.start(data, "memory");
    counts = Counts.open(CountsConfig.of(countess.url()));
    counts.setPolicy(ALICE.namespace(), Policy.Total.unbounded(), OnChange.RESET);
  }

  @AfterEach
  void stop() {
    counts.close();
    countess.close();
  }

  @Test
  void shouldBeNothingWhereNothingComes() {
    await().atMost(SOON).until(() -> lag() == 0);
    await().during(Duration.ofSeconds(2)).until(() -> lag() == 0);
  }

  @Test
  void shouldBeWhatIsLeftWhileMuchIsFoldedAndNothingAfterwards() {
    long appended = 0;
    long most = 0;
    try (var producer = producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 5))) {
      // A quick fold may be done between two looks, so it is given more until one has seen it.
      while (most <= 1000 && appended < MOST_ROUNDS * MANY) {
        append(producer, MANY);
        appended += MANY;
        most = Math.max(most, lag());
      }
    }
    assertThat(most).isGreaterThan(1000);
    long all = appended;
    await().atMost(Duration.ofSeconds(60)).until(() -> counts.count(ALICE).count() == all);
    await().atMost(SOON).until(() -> lag() == 0);
  }

  @Test
  void shouldNotStickAtRecordsThatNobodyCanRead() {
    try (var producer = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "outside"))) {
      producer.initTransactions();
      producer.beginTransaction();
      append(producer, 1);
      producer.commitTransaction();
      producer.beginTransaction();
      append(producer, 300);
      producer.flush();
      assertThat(counts.readiness().ready()).isTrue();
      producer.abortTransaction();
    }
    await().atMost(SOON).until(() -> lag() == 0);
    await().during(Duration.ofSeconds(2)).until(() -> lag() == 0);
    assertThat(counts.count(ALICE).count()).isEqualTo(1);
  }

  private long lag() {
    return counts.readiness().lag().getOrDefault(HOME, UNKNOWN).records();
  }

  private Producer<byte[], byte[]> producer(Map<String, Object> more) {
    var settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, countess.kafka());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void append(Producer<byte[], byte[]> producer, int puts) {
    byte[] key = RecordKey.of(ALICE);
    for (int i = 0; i < puts; i++) {
      var unused = producer.send(new ProducerRecord<>(LogFormat.EVENTS_TOPIC, HOME, key, null));
    }
  }
}
