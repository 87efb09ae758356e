package io.countess.client;

import io.countess.event.Partitions;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/**
 * Places records by the rule of the log, hash tags included. Any Kafka producer can use it: {@code
 * partitioner.class=io.countess.client.EventPartitioner}. Producers that place records otherwise
 * are right too: Countess then forwards their records, which costs a second write.
 */
public final class EventPartitioner implements Partitioner {
  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    // A record without a key is a dead letter in whichever partition it is.
    return keyBytes == null ? 0 : Partitions.of(keyBytes, cluster.partitionCountForTopic(topic));
  }

  @Override
  public void configure(Map<String, ?> settings) {}

  @Override
  public void close() {}
}
