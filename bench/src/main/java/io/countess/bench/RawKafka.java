package io.countess.bench;

import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts into the log and reads it with Kafka's clients, and does nothing else with the records. */
final class RawKafka {
  private static final byte[] EMPTY = {};
  private static final int CHECK_EVERY = 1 << 14;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration READ_WITHIN = Duration.ofMinutes(5);

  private final Workbench bench;
  private final String servers;

  RawKafka(Workbench bench, String servers) {
    this.bench = bench;
    this.servers = servers;
  }

  /** Appends a put of 1 for each key, and answers how many that were a second. */
  double produce(int[] keys) {
    return produce(keys, Placing.MURMUR2);
  }

  /** The same, with the records placed otherwise. */
  double produce(int[] keys, Placing placing) {
    try (var producer =
        new KafkaProducer<>(bulk(), new ByteArraySerializer(), new ByteArraySerializer())) {
      // Who the leaders are is asked for before the clock runs.
      int partitions = producer.partitionsFor(LogFormat.EVENTS_TOPIC).size();
      long start = System.nanoTime();
      for (int i = 0; i < keys.length; i++) {
        if (i % CHECK_EVERY == 0) {
          bench.checkGoesOn();
        }
        byte[] key = KeyDraw.recordKey(keys[i]);
        Integer to = placing.partition(key, partitions);
        var unused = producer.send(new ProducerRecord<>(LogFormat.EVENTS_TOPIC, to, key, EMPTY));
      }
      producer.flush();
      return keys.length * 1e9 / (System.nanoTime() - start);
    }
  }

  /** Reads {@code records} from the start of the log, and answers how many that were a second. */
  double consume(int partitions, long records) {
    try (var consumer =
        new KafkaConsumer<>(reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var all =
          IntStream.range(0, partitions)
              .mapToObj(p -> new TopicPartition(LogFormat.EVENTS_TOPIC, p))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long start = System.nanoTime();
      long read = 0;
      while (read < records) {
        bench.checkGoesOn();
        read += consumer.poll(POLL).count();
        if (System.nanoTime() - start > READ_WITHIN.toNanos()) {
          throw new BenchException("only %d of %d records can be read".formatted(read, records));
        }
      }
      return records * 1e9 / (System.nanoTime() - start);
    }
  }

  private Map<String, Object> bulk() {
    var settings = new HashMap<String, Object>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 128L << 20);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TimeUnit.MINUTES.toMillis(1));
    return settings;
  }

  private Map<String, Object> reading() {
    var settings = new HashMap<String, Object>();
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    return settings;
  }
}
