package io.countess.runtime;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the fold runs.
 *
 * @param bootstrapServers the cluster, as {@code host:port,…}
 * @param applicationId names the group of instances that share the work, and their changelogs
 * @param stateDir where local state is kept
 * @param store what holds it
 * @param commitInterval how often progress is committed: work redone after a crash against latency
 *     at the tail; 10 ms to 1 min
 * @param threads how many partitions are folded side by side, 1 to 64
 * @param partitions of the log, where it has to be created, 1 to 1024
 * @param replication of the topics, where they have to be created
 * @param staticMember whether this instance keeps its place in the group over a restart. That is
 *     right for a single process: it restarts without waiting for its earlier self to be forgotten
 * @param hotRows how many rows are kept decoded in memory, over all partitions
 * @param standbyReplicas how many other instances keep a copy of each partition's state
 * @param kafka settings passed to every Kafka client, without their prefix
 * @param streams settings passed to Kafka Streams, without their prefix
 */
public record RuntimeConfig(
    String bootstrapServers,
    String applicationId,
    Path stateDir,
    StoreKind store,
    Duration commitInterval,
    int threads,
    int partitions,
    short replication,
    boolean staticMember,
    int hotRows,
    int standbyReplicas,
    Map<String, String> kafka,
    Map<String, String> streams) {
  public RuntimeConfig {
    if (commitInterval.toMillis() < 10 || commitInterval.toMillis() > 60_000) {
      throw new InvalidInputException(
          "commit-interval",
          "is " + Durations.show(commitInterval) + "; it must be from 10ms to 60s");
    }
    require("threads", threads, 1, 64);
    require("partitions", partitions, 1, 1024);
    require("replication", replication, 1, 9);
    require("hot-rows", hotRows, 1000, 1_000_000_000);
    require("standby-replicas", standbyReplicas, 0, 8);
    Promises.requireKept("kafka.", kafka.keySet());
    Promises.requireKept("streams.", streams.keySet());
    kafka = Map.copyOf(kafka);
    streams = Map.copyOf(streams);
  }

  private static void require(String setting, long value, long from, long to) {
    if (value < from || value > to) {
      throw new InvalidInputException(
          setting, "is %d; it must be from %d to %d".formatted(value, from, to));
    }
  }
}
