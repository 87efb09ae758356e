package io.countess.cli.deadletters;

import io.countess.client.EventPartitioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Clients of one Kafka, made as dealing with letters needs them.
 *
 * @param settings for all of them
 */
record Clients(Map<String, Object> settings) {
  /** How long Kafka may take to answer, unless the user has said. */
  private static final int PATIENCE_MILLIS = 10_000;

  /**
   * How long a killed command may hold up the log. As long as its transaction is open, nobody reads
   * on in the partitions to which it has appended.
   */
  private static final Duration TRANSACTION = Duration.ofSeconds(10);

  /** A reader of what is committed. */
  Consumer<byte[], byte[]> consumer() {
    Map<String, Object> own = own();
    own.put("group.id", CommittedMarks.GROUP);
    own.put("enable.auto.commit", false);
    own.put("auto.offset.reset", "earliest");
    own.put("isolation.level", "read_committed");
    own.put("allow.auto.create.topics", false);
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(own, bytes, bytes);
  }

  /** A producer that places records by the rule of the log. */
  Producer<byte[], byte[]> producer(String transactionalId) {
    Map<String, Object> own = own();
    own.put("acks", "all");
    own.put("enable.idempotence", true);
    own.put("transactional.id", transactionalId);
    own.put("transaction.timeout.ms", (int) TRANSACTION.toMillis());
    own.put("partitioner.class", EventPartitioner.class.getName());
    own.putIfAbsent("max.block.ms", 2 * PATIENCE_MILLIS);
    own.putIfAbsent("linger.ms", 5);
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(own, bytes, bytes);
  }

  Admin admin() {
    return Admin.create(own());
  }

  /** What {@code asked} brings, or the reason why it failed. */
  static <T> T await(KafkaFuture<T> asked) {
    try {
      return asked.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException it ? it : new KafkaException(failed);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private Map<String, Object> own() {
    var own = new HashMap<>(settings);
    own.putIfAbsent("default.api.timeout.ms", PATIENCE_MILLIS);
    // An Admin refuses to have less patience with Kafka than with a single request.
    own.putIfAbsent("request.timeout.ms", own.get("default.api.timeout.ms"));
    return own;
  }
}
