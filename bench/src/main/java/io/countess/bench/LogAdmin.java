package io.countess.bench;

import io.countess.event.LogFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks a single-node Kafka about the log. */
record LogAdmin(Admin admin, int partitions) implements AutoCloseable {
  private static final int NODE = 1;
  private static final int PATIENCE_SECONDS = 30;

  /** Takes up contact. */
  static LogAdmin open(String servers, int partitions) {
    var settings = Map.<String, Object>of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    return new LogAdmin(Admin.create(settings), partitions);
  }

  /** Makes a topic with as many partitions as the log has. */
  void createTopic(String name) {
    wait(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
  }

  /** How many records the log holds. */
  long records() {
    var latest =
        IntStream.range(0, partitions)
            .mapToObj(p -> new TopicPartition(LogFormat.EVENTS_TOPIC, p))
            .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
    return wait(admin.listOffsets(latest).all()).values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** How many records of the log a group has committed. */
  long committed(String group) {
    return wait(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(LogFormat.EVENTS_TOPIC))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** The bytes that the topics whose names start so take on disk. */
  long bytes(String prefix) {
    Map<Integer, Map<String, LogDirDescription>> described =
        wait(admin.describeLogDirs(List.of(NODE)).allDescriptions());
    return described.get(NODE).values().stream()
        .flatMap(directory -> directory.replicaInfos().entrySet().stream())
        .filter(replica -> replica.getKey().topic().startsWith(prefix))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T wait(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw new BenchException("the embedded Kafka failed: " + failed, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", interrupted);
    }
  }
}
