package io.countess.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.countess.broker.BrokerConfig;
import io.countess.broker.EmbeddedBroker;
import io.countess.event.LogFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka in this process with dead letters, written as the fold writes them. */
final class Post implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final EmbeddedBroker broker;
  private final Admin admin;
  private Producer<byte[], byte[]> fold;

  Post(Path data) {
    broker = EmbeddedBroker.start(new BrokerConfig(data, "127.0.0.1", 0, 4, false));
    admin = Admin.create(Map.of("bootstrap.servers", address()));
  }

  String address() {
    return broker.bootstrapServers();
  }

  Clients clients() {
    return new Clients(Map.of("bootstrap.servers", address()));
  }

  /** Starts with no letters, no marks and an empty log. */
  void empty() {
    Set<String> names = Clients.await(admin.listTopics().names());
    var ours = names.stream().filter(name -> name.startsWith("countess.")).toList();
    Clients.await(admin.deleteTopics(ours).all());
    var log = new NewTopic(LogFormat.EVENTS_TOPIC, 4, (short) 1);
    var letters = new NewTopic(LogFormat.DEAD_LETTERS_TOPIC, 1, (short) 1);
    create(log, letters);
    if (fold == null) {
      var settings =
          Map.<String, Object>of("bootstrap.servers", address(), "transactional.id", "fold");
      fold = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
      fold.initTransactions();
    }
  }

  /** The topic of the letters is deleted and created anew, which nobody should do. */
  void replaceLetters() {
    var name = LogFormat.DEAD_LETTERS_TOPIC;
    Clients.await(admin.deleteTopics(List.of(name)).all());
    create(new NewTopic(name, 1, (short) 1));
  }

  private void create(NewTopic... topics) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> Clients.await(admin.createTopics(List.of(topics)).all()));
  }

  /** Writes letters, all of them in one transaction, at whose end an offset holds no letter. */
  void write(List<ProducerRecord<byte[], byte[]>> letters) {
    fold.beginTransaction();
    for (ProducerRecord<byte[], byte[]> letter : letters) {
      var unused = fold.send(letter); // the commit tells of failures
    }
    fold.commitTransaction();
  }

  /** A letter about a record with this key and value. */
  static ProducerRecord<byte[], byte[]> letter(long atMillis, String key, String value) {
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    var record =
        new ProducerRecord<>(
            LogFormat.DEAD_LETTERS_TOPIC, 0, atMillis, keyBytes, value.getBytes(UTF_8));
    record.headers().add("countess-reason", "x is not a field here".getBytes(UTF_8));
    record.headers().add("countess-position", "3@17".getBytes(UTF_8));
    record.headers().add("countess-forwarded", new byte[] {1});
    return record;
  }

  /** What a build of before this one would have marked. */
  void commit(long offset, String beyond) {
    var letters = new TopicPartition(LogFormat.DEAD_LETTERS_TOPIC, 0);
    var mark = Map.of(letters, new OffsetAndMetadata(offset, beyond));
    Clients.await(admin.alterConsumerGroupOffsets("countess-dead-letters", mark).all());
  }

  /** Changes a setting of the log. */
  void limit(String setting, String value) {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, LogFormat.EVENTS_TOPIC);
    var change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
    Clients.await(admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all());
  }

  /** What is committed in the log. */
  List<ConsumerRecord<byte[], byte[]>> log() {
    var log = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = clients().consumer()) {
      var partitions =
          consumer.partitionsFor(LogFormat.EVENTS_TOPIC).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
        consumer.poll(Duration.ofMillis(100)).forEach(log::add);
      }
    }
    return log;
  }

  /** The keys of what is committed in the log. */
  List<String> keys() {
    return log().stream().map(record -> new String(record.key(), UTF_8)).toList();
  }

  @Override
  public void close() {
    if (fold != null) {
      fold.close();
    }
    admin.close();
    broker.close();
  }
}
