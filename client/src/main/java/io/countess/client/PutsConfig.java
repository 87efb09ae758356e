package io.countess.client;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How {@link Puts} reaches the log.
 *
 * @param bootstrapServers the cluster, as {@code host:port,…}
 * @param bufferBytes the most memory that events may take which the log has not acknowledged yet; a
 *     put that finds it full waits for up to {@code maxWait}; at least 1 MiB
 * @param maxWait how long a put may wait for room and for the cluster to be known
 * @param delivery how long an event may take from put to acknowledgement before it is given up
 * @param kafka more settings of the producer, such as security and batching
 */
public record PutsConfig(
    String bootstrapServers,
    long bufferBytes,
    Duration maxWait,
    Duration delivery,
    Map<String, String> kafka) {
  /** Settings on which the promises of {@link Puts} rest. */
  private static final Map<String, String> FIXED =
      Map.of(
          ProducerConfig.ACKS_CONFIG, "all",
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
          ProducerConfig.PARTITIONER_CLASS_CONFIG, EventPartitioner.class.getName(),
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(),
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());

  private static final Set<String> NAMED_HERE =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.BUFFER_MEMORY_CONFIG,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG);

  private static final long MIN_BUFFER_BYTES = 1 << 20;

  /** Checks the ranges, and that {@code kafka} takes none of the promises back. */
  public PutsConfig {
    if (bufferBytes < MIN_BUFFER_BYTES) {
      throw new InvalidInputException(
          "bufferBytes", "is " + bufferBytes + "; it must be at least " + MIN_BUFFER_BYTES);
    }
    requireMillis("maxWait", maxWait);
    requireMillis("delivery", delivery);
    for (String setting : kafka.keySet()) {
      if (FIXED.containsKey(setting) || NAMED_HERE.contains(setting)) {
        throw new InvalidInputException("kafka." + setting, "can't be set here");
      }
    }
    kafka = Map.copyOf(kafka);
  }

  /** 32 MiB of buffer, a second of waiting, two minutes to deliver. */
  public static PutsConfig of(String bootstrapServers) {
    return new PutsConfig(
        bootstrapServers, 32 << 20, Duration.ofSeconds(1), Duration.ofMinutes(2), Map.of());
  }

  /** The same with other settings of the producer. */
  public PutsConfig with(Map<String, String> otherKafka) {
    return new PutsConfig(bootstrapServers, bufferBytes, maxWait, delivery, otherKafka);
  }

  /** The settings of the Kafka producer. */
  Map<String, Object> producer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "countess-puts");
    settings.putAll(FIXED);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxWait.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) delivery.toMillis());
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
    settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMillis(settings));
    return settings;
  }

  /** Kafka refuses a delivery time-out that is shorter than lingering and a request together. */
  private int requestMillis(Map<String, Object> settings) {
    long linger = Long.parseLong((String) settings.get(ProducerConfig.LINGER_MS_CONFIG));
    return (int) Math.max(1, Math.min(30_000, delivery.toMillis() - linger));
  }

  private static void requireMillis(String field, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new InvalidInputException(
          field, "is " + Durations.show(value) + "; it must be from 1ms to 1d");
    }
  }
}
