package io.countess.cli.soak;

import io.countess.cli.FreePorts;
import io.countess.event.LogFormat;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.metadata.storage.Formatter;

/** Kafka brokers as Apache ships them, each a process, in one quorum on loopback. */
final class Brokers implements AutoCloseable {
  /** How long the others take one for alive that is not, a controller too. */
  static final Duration UNNOTICED = Duration.ofSeconds(6);

  /** How soon several miss one of them, as {@code docker-compose.yml} has it. */
  private static final Map<String, String> MISSED =
      Map.of(
          "broker.session.timeout.ms", "2000",
          "broker.heartbeat.interval.ms", "500",
          "controller.quorum.fetch.timeout.ms", "1000",
          "controller.quorum.election.timeout.ms", "500",
          "controller.socket.timeout.ms", "3000",
          "request.timeout.ms", "3000");

  private static final String LOOPBACK = "127.0.0.1:";
  private static final long ANSWER_SECONDS = 10;

  private final List<Victim> processes = new ArrayList<>();
  private final int size;
  private final List<Integer> clientPorts;
  private final Admin admin;

  /**
   * @param size how many: each holds all
   * @param more settings, also in place of those that they have here
   */
  Brokers(Path directory, int size, Map<String, String> more) throws Exception {
    this.size = size;
    var ports = FreePorts.take(2 * size);
    clientPorts = ports.subList(0, size);
    List<Integer> controllerPorts = ports.subList(size, 2 * size);
    String voters =
        IntStream.rangeClosed(1, size)
            .mapToObj(id -> id + "@" + LOOPBACK + controllerPorts.get(id - 1))
            .collect(Collectors.joining(","));
    String clusterId = Uuid.randomUuid().toString();
    for (int id = 1; id <= size; id++) {
      Path data = Files.createDirectory(directory.resolve("kafka" + id));
      format(id, clusterId, data);
      var settings = settings(voters, size);
      settings.putAll(more);
      settings.put("node.id", Integer.toString(id));
      settings.put("log.dirs", data.toString());
      String clients = "CLIENTS://" + LOOPBACK + clientPorts.get(id - 1);
      String controller = "CONTROLLER://" + LOOPBACK + controllerPorts.get(id - 1);
      settings.put("listeners", clients + "," + controller);
      settings.put("advertised.listeners", clients);
      Path file = directory.resolve("kafka" + id + ".properties");
      try (var out = Files.newOutputStream(file)) {
        settings.store(out, null);
      }
      var log = directory.resolve("kafka" + id + ".log").toFile();
      processes.add(new Victim("kafka" + id, log, "kafka.Kafka", List.of(file.toString())));
    }
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  private static void format(int id, String clusterId, Path data) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(id)
        .setClusterId(clusterId)
        .setDirectories(List.of(data.toString()))
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .run();
  }

  private static Properties settings(String voters, int size) {
    String all = Integer.toString(size);
    String most = Integer.toString(Math.max(1, size - 1));
    var settings = new Properties();
    settings.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "controller.quorum.voters", voters,
            "controller.listener.names", "CONTROLLER",
            "inter.broker.listener.name", "CLIENTS",
            "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "auto.create.topics.enable", "false",
            "broker.session.timeout.ms", Long.toString(UNNOTICED.toMillis()),
            "default.replication.factor", all,
            "min.insync.replicas", most));
    if (size > 1) {
      settings.putAll(MISSED);
    }
    settings.putAll(
        Map.of(
            "offsets.topic.num.partitions", "1",
            "offsets.topic.replication.factor", all,
            "transaction.state.log.num.partitions", "2",
            "transaction.state.log.replication.factor", all,
            "transaction.state.log.min.isr", most,
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "group.initial.rebalance.delay.ms", "0",
            "log.cleaner.dedupe.buffer.size", "16777216",
            "num.io.threads", "4",
            "num.network.threads", "2"));
    return settings;
  }

  void start() {
    processes.forEach(Victim::start);
  }

  List<Victim> processes() {
    return processes;
  }

  String bootstrapServers() {
    return clientPorts.stream().map(port -> LOOPBACK + port).collect(Collectors.joining(","));
  }

  /** What only one broker is at a time. */
  enum Role {
    CONTROLLER,
    GROUP,
    TRANSACTIONS,
    LOG
  }

  /** Who holds a role: of those that are shared out, the first share. */
  Victim holder(Role role) {
    try {
      int id =
          switch (role) {
            case CONTROLLER ->
                admin
                    .describeMetadataQuorum()
                    .quorumInfo()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                    .leaderId();
            case GROUP -> leader(Topic.GROUP_METADATA_TOPIC_NAME);
            case TRANSACTIONS -> leader(Topic.TRANSACTION_STATE_TOPIC_NAME);
            case LOG -> leader(LogFormat.EVENTS_TOPIC);
          };
      return processes.get(id - 1);
    } catch (ExecutionException | TimeoutException unanswered) {
      throw new IllegalStateException(unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private int leader(String topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    var described = admin.describeTopics(List.of(topic)).allTopicNames();
    var partitions = described.get(ANSWER_SECONDS, TimeUnit.SECONDS).get(topic).partitions();
    return partitions.get(0).leader().id();
  }

  /** The roles of one. */
  List<Role> roles(Victim broker) {
    return Stream.of(Role.values()).filter(role -> holder(role) == broker).toList();
  }

  /** Whether each is there, and holds all of its replicas. */
  boolean areWhole() {
    try {
      int nodes = admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).size();
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names();
      var topics =
          admin
              .describeTopics(names.get(ANSWER_SECONDS, TimeUnit.SECONDS))
              .allTopicNames()
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return nodes == size && topics.values().stream().allMatch(Brokers::isWhole);
    } catch (ExecutionException | TimeoutException unanswered) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isWhole(TopicDescription topic) {
    return topic.partitions().stream()
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    for (Victim each : processes) {
      each.kill();
    }
  }
}
