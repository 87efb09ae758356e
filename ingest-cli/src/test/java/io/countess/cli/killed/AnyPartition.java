package io.countess.cli.killed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.ProblemException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka producer that partitions in a way of its own and sees each put home: all are counted,
 * each once. It is never far ahead of the fold, or others would wait for it.
 */
final class AnyPartition implements Client {
  private static final ByteString LOAD = ByteString.utf8("load");
  private static final Duration FOLDED = Duration.ofSeconds(90);
  private static final int KEYS = 500;
  private static final int PARTITIONS = 4;
  private static final int AHEAD = 1000;

  private final int port;
  private final Counts counts;
  private final KafkaProducer<byte[], byte[]> producer;
  private int sent;

  /**
   * @param httpPort where it asks for counts
   */
  AnyPartition(int port, int httpPort) {
    this.port = port;
    counts = Counts.open(CountsConfig.of("http://127.0.0.1:" + httpPort));
    var bytes = new ByteArraySerializer();
    producer = new KafkaProducer<>(settings(port), bytes, bytes);
  }

  private static Map<String, Object> settings(int port) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 300_000,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000,
        ProducerConfig.MAX_BLOCK_MS_CONFIG, 300_000L,
        ProducerConfig.BATCH_SIZE_CONFIG, 2000);
  }

  @Override
  public List<String> flags() {
    return List.of("--kafka-port=" + port);
  }

  @Override
  public boolean isServed() {
    return counts.totals() != null;
  }

  @Override
  public void prepare() {
    counts.setPolicy(LOAD, Policy.Total.unbounded(), OnChange.KEEP);
  }

  @Override
  public int enough() {
    return 12_000;
  }

  /** One put for each key. */
  @Override
  public void count(Books books) {
    if (isFarAhead()) {
      books.pause();
      return;
    }
    for (int i = 0; i < KEYS; i++) {
      append(books);
    }
  }

  private void append(Books books) {
    byte[] key = RecordKey.of(key(sent % KEYS));
    int partition = sent / 3 % PARTITIONS;
    var put = new ProducerRecord<>(LogFormat.EVENTS_TOPIC, partition, key, new byte[0]);
    var unused = producer.send(put, (metadata, problem) -> book(books, problem));
    sent++;
  }

  private static void book(Books books, Exception problem) {
    if (problem == null) {
      books.answer();
    } else {
      books.lose(1);
    }
  }

  private boolean isFarAhead() {
    try {
      return sent > counted() + AHEAD;
    } catch (ProblemException | UncheckedIOException notNow) {
      return true;
    }
  }

  private long counted() {
    return counts.namespace(LOAD).totals().count();
  }

  private static CounterName key(int i) {
    return CounterName.of("load", "key" + i);
  }

  @Override
  public void check(Books books) {
    producer.flush();
    assertThat(books.answered()).as("acknowledged").isEqualTo(sent);
    await().atMost(FOLDED).ignoreExceptions().until(() -> counted() >= sent);
    assertThat(counted()).isEqualTo(sent);
    for (int i = 0; i < KEYS; i++) {
      assertThat(counts.count(key(i)).count()).as("key %d", i).isEqualTo(sent / KEYS);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    counts.close();
  }
}
