package io.countess.cli.bench;

import io.countess.broker.EmbeddedBroker;
import io.countess.event.LogFormat;
import io.countess.runtime.LogTopics;
import io.countess.runtime.LogTopicsException;
import io.countess.runtime.RuntimeConfig;
import io.countess.server.CountessConfig;
import java.nio.file.Path;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** A log of its own: the embedded broker as it is served, with the topics that Countess makes. */
final class BenchLog implements AutoCloseable {
  private static final int NODE = 1;
  private static final int PATIENCE_SECONDS = 30;

  private final Workbench bench;
  private final Path data;
  private final EmbeddedBroker broker;
  private final RuntimeConfig runtime;
  private final Admin admin;
  private final int partitions;

  private BenchLog(Workbench bench, Path data, CountessConfig config, EmbeddedBroker broker) {
    this.bench = bench;
    this.data = data;
    this.broker = broker;
    runtime = config.runtimeAt(broker.bootstrapServers());
    admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers()));
    partitions = LogTopics.ensure(admin, runtime).partitions();
  }

  /** Starts an empty log. */
  static BenchLog start(Workbench bench, Plan plan) {
    Path data = bench.path("log");
    CountessConfig config = plan.countess(data);
    var broker = EmbeddedBroker.start(config.broker().orElseThrow());
    try {
      return new BenchLog(bench, data, config, broker);
    } catch (KafkaException | LogTopicsException failed) {
      broker.close();
      throw new BenchException("the embedded Kafka failed: " + failed, failed);
    }
  }

  /** Where it is, as {@code host:port}. */
  String servers() {
    return runtime.bootstrapServers();
  }

  int partitions() {
    return partitions;
  }

  /** How Countess would run on it. */
  RuntimeConfig runtime() {
    return runtime;
  }

  /** A place for the local state of whoever folds it. */
  Path stateDir(String of) {
    return data.resolve("state-of-" + of);
  }

  /** Makes a topic like that of the log. */
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

  /** Stops it, and deletes all that it held. */
  @Override
  public void close() {
    admin.close();
    broker.close();
    bench.delete(data);
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
