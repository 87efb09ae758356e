package io.countess.bench;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the producer of single puts, the same for Countess and its yardsticks. Its settings are
 * those of 'serve', with one request under way at a time.
 */
final class OneRequestProducer {
  private static final int BATCH_BYTES = 128 << 10;
  private static final long BUFFER_BYTES = 64L << 20;

  private OneRequestProducer() {}

  static Producer<byte[], byte[]> start(String servers) {
    Map<String, Object> settings =
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1,
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH_BYTES,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            BUFFER_BYTES);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
