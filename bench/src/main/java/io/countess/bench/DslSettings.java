package io.countess.bench;

import io.countess.runtime.RuntimeConfig;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the yardstick runs: Kafka Streams' own windowed count under the guarantee, threads and commit
 * interval of Countess. The usual settings that make it faster in bulk are turned up.
 */
final class DslSettings {
  private static final long CACHE_BYTES = 64L << 20;
  private static final int RECORDS_AT_ONCE = 10_000;
  private static final int FETCH_BYTES = 4 << 20;
  private static final int BATCH_BYTES = 256 << 10;
  private static final int BULK_LINGER_MILLIS = 20;

  private DslSettings() {}

  static Properties of(BenchLog log, String group) {
    RuntimeConfig countess = log.runtime();
    var p = new Properties();
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, countess.bootstrapServers());
    p.put(StreamsConfig.STATE_DIR_CONFIG, log.stateDir(group).toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, countess.threads());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, countess.commitInterval().toMillis());
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AT_ONCE);
    p.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
    p.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    p.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    p.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), BULK_LINGER_MILLIS);
    return p;
  }
}
