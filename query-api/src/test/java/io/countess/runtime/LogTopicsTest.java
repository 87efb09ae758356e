package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.broker.BrokerConfig;
import io.countess.broker.EmbeddedBroker;
import io.countess.event.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTopicsTest {
  @TempDir Path temporary;
  private EmbeddedBroker broker;
  private Admin admin;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(new BrokerConfig(temporary, "127.0.0.1", 0, 4, false));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterEach
  void stop() {
    admin.close(Duration.ofSeconds(5));
    broker.close();
  }

  @Test
  void shouldCreateTheTopicsOnce() throws Exception {
    assertThat(ensure(6, (short) 1).partitions()).isEqualTo(6);
    assertThat(ensure(4, (short) 1).partitions()).isEqualTo(6);
    assertThat(admin.listTopics().names().get())
        .contains(LogFormat.EVENTS_TOPIC, LogFormat.DEAD_LETTERS_TOPIC);
  }

  @Test
  void shouldWaitForABrokerThatHasNotHeardOfATopicYet() {
    ensure(1, (short) 1);
    try (var late = new LateToHear(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(LogTopics.ensure(late, config(1, (short) 1)).partitions()).isEqualTo(1);
      assertThat(late.asked).isGreaterThan(2);
    }
  }

  @Test
  void shouldTakeLargeBatchesOfSmallRecords() throws Exception {
    ensure(1, (short) 1);
    try (var producer = producer(Map.of("batch.size", 1_000_000, "linger.ms", 50))) {
      var sent =
          IntStream.range(0, 9_000)
              .mapToObj(i -> producer.send(record(Instant.now(), 100)))
              .toList();
      assertThat(sent).allSatisfy(each -> each.get(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldRefuseRecordsFromTheFutureAndFromLongAgo() {
    ensure(1, (short) 1);
    try (var producer = producer(Map.of())) {
      assertRefused(producer, Instant.now().plus(Duration.ofMinutes(2)));
      assertRefused(producer, Instant.now().minus(Duration.ofDays(6)).minusSeconds(60));
    }
  }

  @Test
  void shouldWarnOfATopicOnOneBroker() {
    assertThat(ensure(1, (short) 1).warnings())
        .anyMatch(text -> text.startsWith("Topic countess.events is kept on 1 broker;"))
        .anyMatch(text -> text.startsWith("Topic countess.events has min.insync.replicas=1;"));
  }

  @Test
  void shouldWarnOfSettingsThatAreNotItsOwn() throws Exception {
    create(Map.of("retention.ms", "1000"));
    assertThat(ensure(1, (short) 1).warnings())
        .contains("Topic countess.events has retention.ms=1000; Countess would set 604800000.");
  }

  @Test
  void shouldRefuseATopicThatDropsEventTimes() throws Exception {
    create(Map.of("message.timestamp.type", "LogAppendTime"));
    assertThatThrownBy(() -> ensure(1, (short) 1))
        .isInstanceOf(LogTopicsException.class)
        .hasMessage(
            "Topic countess.events has message.timestamp.type=LogAppendTime; it must be"
                + " CreateTime.");
  }

  @Test
  void shouldRefuseATopicThatIsCompacted() throws Exception {
    ensure(1, (short) 1);
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, LogFormat.EVENTS_TOPIC);
    var compact =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(topic, List.of(compact))).all().get();
    assertThatThrownBy(() -> ensure(1, (short) 1))
        .hasMessageContaining("cleanup.policy=compact; it must be delete");
  }

  @Test
  void shouldSayWhenThereAreTooFewBrokers() {
    assertThatThrownBy(() -> ensure(1, (short) 3))
        .isInstanceOf(LogTopicsException.class)
        .hasMessageContaining("Are there fewer brokers than replicas are asked for?");
  }

  private LogTopics ensure(int partitions, short replication) {
    return LogTopics.ensure(admin, config(partitions, replication));
  }

  private RuntimeConfig config(int partitions, short replication) {
    return new RuntimeConfig(
        broker.bootstrapServers(),
        "countess",
        temporary,
        StoreKind.MEMORY,
        Duration.ofMillis(500),
        1,
        partitions,
        replication,
        true,
        1000,
        0,
        Map.of(),
        Map.of());
  }

  private void create(Map<String, String> settings) throws Exception {
    var topic = new NewTopic(LogFormat.EVENTS_TOPIC, 1, (short) 1).configs(settings);
    admin.createTopics(List.of(topic)).all().get();
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> extra) {
    var settings = new HashMap<String, Object>(extra);
    settings.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ProducerRecord<byte[], byte[]> record(Instant time, int bytes) {
    return new ProducerRecord<>(
        LogFormat.EVENTS_TOPIC, 0, time.toEpochMilli(), new byte[0], new byte[bytes]);
  }

  private static void assertRefused(KafkaProducer<byte[], byte[]> producer, Instant time) {
    assertThatThrownBy(() -> producer.send(record(time, 1)).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InvalidTimestampException.class);
  }

  /** Asks a broker for settings that hears of new topics only after others have. */
  private static final class LateToHear extends ForwardingAdmin {
    private int asked;

    LateToHear(Map<String, Object> settings) {
      super(settings);
    }

    @Override
    public DescribeConfigsResult describeConfigs(
        Collection<ConfigResource> resources, DescribeConfigsOptions options) {
      if (asked++ > 0) {
        return super.describeConfigs(resources, options);
      }
      var unknown = new ConfigResource(ConfigResource.Type.TOPIC, "countess.not-heard-of");
      var answer = super.describeConfigs(List.of(unknown), options).values().get(unknown);
      return new DescribeConfigsResult(Map.of(resources.iterator().next(), answer)) {};
    }
  }
}
