package io.countess.runtime;

import io.countess.background.PeriodicTasks;
import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves records from partitions that were added to the log to one that is counted. The fold meets
 * them there as it meets any misplaced record. Each record moves once. The appended records and the
 * position read are one transaction, and an instance that has lost a partition to another one can't
 * commit.
 */
final class AddedPartitions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddedPartitions.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(2);

  /** Readers of the log wait for a transaction that its writer has left. */
  private static final int TRANSACTION_MILLIS = 10_000;

  /** The log takes nothing older than six days. By then it counts as if it were this old. */
  private static final Duration OLDEST = Duration.ofDays(5);

  private final RuntimeConfig config;
  private final int partitions;
  private final Thread thread = new Thread(this::run, "countess-added-partitions");
  private final AtomicLong moved = new AtomicLong();
  private volatile boolean closed;

  private AddedPartitions(RuntimeConfig config, int partitions) {
    this.config = config;
    this.partitions = partitions;
    thread.setDaemon(true);
  }

  /**
   * Begins to move.
   *
   * @param partitions that are counted
   */
  static AddedPartitions move(RuntimeConfig config, int partitions) {
    var added = new AddedPartitions(config, partitions);
    added.thread.start();
    return added;
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(STOP.toMillis());
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Runnable move = PeriodicTasks.guarded(thread.getName(), this::moveAll);
    while (!closed) {
      move.run();
      if (!closed) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** Until this is closed, or something fails. */
  private void moveAll() {
    try (var consumer = new Reader(consumer(), partitions);
        var producer = producer()) {
      producer.initTransactions();
      while (!closed) {
        move(consumer, producer);
      }
    } catch (KafkaException failed) {
      LOG.warn("Records in added partitions are not moved now: {}", failed.getMessage());
      LOG.debug("", failed);
    }
  }

  private void move(Reader reader, Producer<byte[], byte[]> producer) {
    ConsumerRecords<byte[], byte[]> records = reader.consumer.poll(POLL);
    if (records.isEmpty()) {
      return;
    }
    producer.beginTransaction();
    long oldest = System.currentTimeMillis() - OLDEST.toMillis();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (bytes(record) <= LogFormat.MAX_RECORD_BYTES) {
        var unused = producer.send(moved(record, oldest)); // the commit tells of failures
      } else {
        LOG.warn(
            "The record at {}@{} is too large to be counted: it is passed over.",
            record.partition(),
            record.offset());
      }
    }
    producer.sendOffsetsToTransaction(next(records), reader.consumer.groupMetadata());
    producer.commitTransaction();
    if (moved.getAndAdd(records.count()) == 0) {
      LOG.info("Records are moved from added partitions of the log to those that are counted.");
    }
  }

  private ProducerRecord<byte[], byte[]> moved(ConsumerRecord<byte[], byte[]> it, long oldest) {
    int to = it.partition() % partitions;
    long at = Math.max(it.timestamp(), oldest);
    return new ProducerRecord<>(it.topic(), to, at, it.key(), it.value(), it.headers());
  }

  private static Map<TopicPartition, OffsetAndMetadata> next(
      ConsumerRecords<byte[], byte[]> records) {
    return new HashMap<>(records.nextOffsets());
  }

  private static long bytes(ConsumerRecord<byte[], byte[]> record) {
    long bytes = Math.max(0, record.serializedKeySize());
    bytes += Math.max(0, record.serializedValueSize());
    for (Header header : record.headers()) {
      bytes += header.key().length();
      bytes += header.value() == null ? 0 : header.value().length;
    }
    return bytes;
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = KafkaClients.settings(config);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.applicationId() + "-added");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> settings = KafkaClients.settings(config);
    String id = config.applicationId() + "-added-" + UUID.randomUUID();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  /** A consumer that is given any partitions, and reads those that were added. */
  private record Reader(Consumer<byte[], byte[]> consumer) implements AutoCloseable {
    Reader(Consumer<byte[], byte[]> consumer, int counted) {
      this(consumer);
      consumer.subscribe(List.of(LogFormat.EVENTS_TOPIC), new Pausing(consumer, counted));
    }

    @Override
    public void close() {
      consumer.close(CloseOptions.timeout(STOP));
    }
  }

  private record Pausing(Consumer<?, ?> consumer, int counted)
      implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      consumer.pause(assigned.stream().filter(it -> it.partition() < counted).toList());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {}
  }
}
