package io.countess.runtime;

import io.countess.event.LogFormat;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Which instance has which partition, by the group's last assignment. That may be out of date for a
 * while, when an instance has died or a partition moves. Instances are named by where others reach
 * them, as {@code host:port}.
 */
public final class Assignment {
  private final KafkaStreams streams;
  private final String self;

  Assignment(KafkaStreams streams, String self) {
    this.streams = streams;
    this.self = self;
  }

  /** The other instance that holds a partition, if that is known. */
  public Optional<String> otherOwner(int partition) {
    return those(partition, StreamsMetadata::topicPartitions)
        .findFirst()
        .filter(owner -> !isSelf(owner));
  }

  /** The instances that keep a standby replica of a partition. */
  public List<String> standbyHolders(int partition) {
    return those(partition, StreamsMetadata::standbyTopicPartitions).toList();
  }

  /** Whether {@code instance} is this one. */
  public boolean isSelf(String instance) {
    return self.equals(instance);
  }

  private Stream<String> those(
      int partition, Function<StreamsMetadata, Collection<TopicPartition>> what) {
    var wanted = new TopicPartition(LogFormat.EVENTS_TOPIC, partition);
    return instances().stream()
        .filter(instance -> what.apply(instance).contains(wanted))
        .map(StreamsMetadata::hostInfo)
        .filter(host -> !HostInfo.unavailable().equals(host))
        .map(Assignment::hostAndPort);
  }

  /** None where this one stops. */
  private Collection<StreamsMetadata> instances() {
    try {
      return streams.metadataForAllStreamsClients();
    } catch (IllegalStateException notRunning) {
      return List.of();
    }
  }

  private static String hostAndPort(HostInfo host) {
    String name = host.host();
    return (name.contains(":") ? "[" + name + "]" : name) + ":" + host.port();
  }
}
