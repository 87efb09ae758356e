package io.countess.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams and the clients beside it are configured with. */
final class StreamsSettings {
  /**
   * How long a member of the group may be silent. A single process comes back under its own name,
   * so its restart does not wait for this. The least that brokers allow by default is 6 s.
   */
  private static final int SESSION_TIMEOUT_MILLIS = 6000;

  /** How soon an instance learns at the latest that another one has come or gone. */
  private static final int HEARTBEAT_MILLIS = 500;

  /**
   * The open transaction of an instance that dies holds up the instances that restore its
   * partitions.
   */
  private static final int TRANSACTION_MILLIS = 5000;

  /** Longer than a commit is held up by a broker that hangs, or its thread would begin anew. */
  private static final int REPLICATED_TRANSACTION_MILLIS = 7000;

  /** How long one that joins waits for partitions that it has caught up with; the least allowed. */
  private static final long PROBING_MILLIS = 60_000;

  /**
   * How long a member that is alive may leave its group waiting, as one does whose thread hangs:
   * then the others go on without it. A member waits for it, and 5 s more, when it asks to join and
   * the broker hangs. Longer than a commit is held up by one.
   */
  private static final int POLL_INTERVAL_MILLIS = 15_000;

  /** All threads wait where the only broker is away; a single process leaves nobody waiting. */
  private static final int UNREPLICATED_POLL_INTERVAL_MILLIS = 30_000;

  /**
   * How long clients of Kafka Streams wait for brokers, each as long as it takes to ask another.
   *
   * @param end for a broker that the leader of the group asks about changelogs before it divides
   *     the work
   * @param assignment for all of them. By default it would go on for a minute
   * @param member for that leader: one that gave up before would have all begin again
   * @param restore for a broker that has a changelog
   */
  private record Patience(int end, int assignment, int member, int restore) {
    static final Patience WITH_ONE_BROKER = new Patience(4000, 10_000, 12_000, 10_000);
    static final Patience WITH_MANY = new Patience(2500, 4000, 5000, 3000);
  }

  /**
   * How long the fold waits for what it has sent. Kafka Streams would wait for ever, by default,
   * and keep its group waiting.
   */
  private static final int DELIVERY_MILLIS = 30_000;

  private static final String MAX_POLL_INTERVAL =
      StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);

  private static final int FORWARD_TIMEOUT_MILLIS = 30_000;
  private static final int RECORDS_AT_ONCE = 10_000;
  private static final int FETCH_BYTES = 4 << 20;
  private static final int CHANGELOG_BATCH_BYTES = 256 << 10;

  private StreamsSettings() {}

  static Properties streams(RuntimeConfig config, String applicationServer) {
    var p = new Properties();
    p.putAll(KafkaClients.settings(config));
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    p.put(StreamsConfig.APPLICATION_SERVER_CONFIG, applicationServer);
    p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.replication());
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS_AT_ONCE);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
    consumer(p, config);
    p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), CHANGELOG_BATCH_BYTES);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        LogTopics.MAX_DEAD_LETTER_BYTES);
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    p.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        transactionMillis(config));
    p.putAll(patience(config));
    p.putAll(config.streams());
    return p;
  }

  private static Map<String, Object> patience(RuntimeConfig config) {
    var map = new HashMap<String, Object>(patienceOfProducers());
    boolean replicated = KafkaClients.isReplicated(config);
    map.put(
        MAX_POLL_INTERVAL, replicated ? POLL_INTERVAL_MILLIS : UNREPLICATED_POLL_INTERVAL_MILLIS);
    if (config.staticMember()) {
      return map;
    }
    var patience = replicated ? Patience.WITH_MANY : Patience.WITH_ONE_BROKER;
    String answer = CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;
    map.put(StreamsConfig.mainConsumerPrefix(answer), patience.member());
    map.put(StreamsConfig.restoreConsumerPrefix(answer), patience.restore());
    map.put(StreamsConfig.adminClientPrefix(answer), patience.end());
    map.put(
        StreamsConfig.adminClientPrefix(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG),
        patience.assignment());
    return map;
  }

  private static Map<String, Object> patienceOfProducers() {
    return Map.of(
        StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG),
        DELIVERY_MILLIS,
        StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG),
        (long) DELIVERY_MILLIS);
  }

  /** A transaction that is open from one commit to the next must not be cut short. */
  private static int transactionMillis(RuntimeConfig config) {
    int least =
        KafkaClients.isReplicated(config) ? REPLICATED_TRANSACTION_MILLIS : TRANSACTION_MILLIS;
    return (int) Math.max(least, 2 * config.commitInterval().toMillis());
  }

  private static void consumer(Properties p, RuntimeConfig config) {
    consumer(p, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_ONCE);
    consumer(p, ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    consumer(p, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    consumer(p, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
    if (config.staticMember()) {
      consumer(p, CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, config.applicationId());
    }
  }

  private static void consumer(Properties p, String key, Object value) {
    p.put(StreamsConfig.mainConsumerPrefix(key), value);
  }

  /** For the producer that forwards misplaced records. */
  static Map<String, Object> forwarder(RuntimeConfig config) {
    Map<String, Object> map = KafkaClients.settings(config);
    map.put(ProducerConfig.ACKS_CONFIG, "all");
    map.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    map.put(ProducerConfig.BATCH_SIZE_CONFIG, CHANGELOG_BATCH_BYTES);
    map.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FORWARD_TIMEOUT_MILLIS);
    map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) FORWARD_TIMEOUT_MILLIS);
    map.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.applicationId() + "-forwarder");
    return map;
  }
}
