package io.countess.runtime;

import io.countess.event.LogFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.streams.processor.internals.StreamsPartitionAssignor;

/**
 * Divides the partitions that the log had when its state began, and no others. Kafka Streams would
 * make tasks of partitions that are added, find that its changelog has none for them, and end.
 * {@link AddedPartitions} moves records that come to those.
 */
public final class LogAssignor extends StreamsPartitionAssignor {
  private static final String PARTITIONS = "countess.log.partitions";

  private int partitions;

  /** Settings of a consumer whose group is divided so. */
  static void use(int partitions, Map<String, Object> settings) {
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(LogAssignor.class.getName()));
    settings.put(PARTITIONS, partitions);
  }

  @Override
  public void configure(Map<String, ?> settings) {
    super.configure(settings);
    partitions = (Integer) settings.get(PARTITIONS);
  }

  @Override
  public GroupAssignment assign(Cluster cluster, GroupSubscription subscriptions) {
    return super.assign(withoutAdded(cluster), subscriptions);
  }

  private Cluster withoutAdded(Cluster cluster) {
    return new Cluster(
        cluster.clusterResource().clusterId(),
        cluster.nodes(),
        cluster.topics().stream()
            .flatMap(topic -> cluster.partitionsForTopic(topic).stream())
            .filter(this::isCounted)
            .toList(),
        cluster.unauthorizedTopics(),
        cluster.invalidTopics(),
        cluster.internalTopics(),
        cluster.controller(),
        cluster.topics().stream().collect(Collectors.toMap(topic -> topic, cluster::topicId)));
  }

  private boolean isCounted(PartitionInfo partition) {
    return !partition.topic().equals(LogFormat.EVENTS_TOPIC) || partition.partition() < partitions;
  }
}
