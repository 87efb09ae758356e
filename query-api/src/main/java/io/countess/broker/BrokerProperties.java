package io.countess.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of a small broker that is quick to start, also after having been killed, and that
 * does next to nothing while nobody asks. What is not here has Kafka's default.
 */
final class BrokerProperties {
  /** Longer than dead letters stay, so that their marks are not forgotten before them. */
  private static final String TWO_MONTHS_IN_MINUTES = "86400";

  private static final String TEN_MINUTES_IN_MILLIS = "600000";

  static final int NODE_ID = 1;

  private static final String MEBIBYTE = "1048576";

  private BrokerProperties() {}

  static Map<String, String> of(BrokerConfig config, Path data, Listeners listeners) {
    var settings = new HashMap<String, String>();
    settings.putAll(node(data));
    settings.putAll(network(listeners));
    settings.putAll(quorum());
    settings.putAll(logs(config));
    settings.putAll(coordinators());
    return settings;
  }

  private static Map<String, String> node(Path data) {
    return Map.of(
        "process.roles", "broker,controller",
        "node.id", Integer.toString(NODE_ID),
        "log.dirs", data.toString(),
        "auto.create.topics.enable", "false",
        "authorizer.class.name", FixedPartitions.class.getName(),
        "metric.reporters", "",
        // Few threads: each pool exists twice, for the broker and for the controller.
        "num.io.threads", "4",
        "num.network.threads", "2",
        "background.threads", "4");
  }

  /** Static voters: with them the address of the controller is a setting, and not in its log. */
  private static Map<String, String> network(Listeners listeners) {
    return Map.of(
        "listeners",
        listeners.setting(),
        "advertised.listeners",
        listeners.advertisedSetting(),
        "listener.security.protocol.map",
        "CLIENTS:PLAINTEXT,LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name",
        listeners.own().name(),
        "controller.listener.names",
        Listeners.CONTROLLER,
        "controller.quorum.voters",
        NODE_ID + "@" + listeners.controller().address(),
        "max.connections",
        "4096");
  }

  /**
   * The broker and its controller live and die together, so a heartbeat tells nothing that either
   * doesn't know. Its interval is how long each step of the start waits for the next one. The
   * session only must not end while the process is held up. Partitions would have no leader for a
   * moment, in which brokers lose markers of transactions (KAFKA-20734). Changes of metadata are
   * written at once rather than gathered, and none are written to show that the controller lives.
   */
  private static Map<String, String> quorum() {
    return Map.of(
        "broker.heartbeat.interval.ms", "250",
        "broker.session.timeout.ms", TEN_MINUTES_IN_MILLIS,
        "controller.quorum.append.linger.ms", "0",
        "controller.quorum.election.timeout.ms", "200",
        "controller.quorum.fetch.timeout.ms", "500",
        "metadata.max.idle.interval.ms", "0");
  }

  /**
   * Coordinators stamp what they write by a clock that is never set, so no topic of theirs can be
   * held against the wall clock. That of events has a bound of its own.
   *
   * <p>After a kill each log is read again from its last checkpoint on, which only ever stands at
   * the end of a finished segment. Topics therefore have small segments, and checkpoints are
   * frequent.
   */
  private static Map<String, String> logs(BrokerConfig config) {
    return Map.of(
        "num.partitions", Integer.toString(config.partitions()),
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "log.flush.interval.messages",
            config.flushEachWrite() ? "1" : Long.toString(Long.MAX_VALUE),
        "log.flush.offset.checkpoint.interval.ms", "5000",
        "log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
        "num.recovery.threads.per.data.dir", "4",
        "log.segment.bytes", "67108864",
        "log.cleaner.dedupe.buffer.size", "16777216",
        "log.cleaner.io.buffer.size", "262144");
  }

  /** A coordinator reads its whole log when it starts, so that one is kept short. */
  private static Map<String, String> coordinators() {
    return Map.ofEntries(
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.segment.bytes", MEBIBYTE),
        Map.entry("offsets.retention.minutes", TWO_MONTHS_IN_MINUTES),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.segment.bytes", MEBIBYTE),
        Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.min.session.timeout.ms", "500"));
  }
}
