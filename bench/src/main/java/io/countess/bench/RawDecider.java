package io.countess.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The least that a way through a log can take: producer, broker, consumer, and no state. */
final class RawDecider implements Decider {
  private static final String TOPIC = "bench-raw";
  private static final Duration POLL = Duration.ofMillis(100);

  private final Echoes echoes;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread reader = new Thread(this::read, "bench-raw-reader");

  private RawDecider(BenchLog log) {
    echoes = new Echoes(TOPIC, OneRequestProducer.start(log.servers()));
    consumer =
        new KafkaConsumer<>(
            settings(log), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var partitions =
        IntStream.range(0, log.partitions()).mapToObj(p -> new TopicPartition(TOPIC, p)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  static RawDecider start(BenchLog log) {
    log.admin().createTopic(TOPIC);
    var started = new RawDecider(log);
    started.reader.start();
    return started;
  }

  @Override
  public CompletionStage<?> decide(int key) {
    return echoes.send(key);
  }

  @Override
  public void close() {
    echoes.close();
    consumer.wakeup();
  }

  private void read() {
    try (consumer) {
      while (true) {
        consumer.poll(POLL).forEach(record -> echoes.seen(record.headers()));
      }
    } catch (WakeupException closed) {
      // That is how it ends.
    }
  }

  private static Map<String, Object> settings(BenchLog log) {
    var settings = new HashMap<String, Object>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, log.servers());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    return settings;
  }
}
