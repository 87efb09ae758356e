package io.countess.cli.deadletters;

import io.countess.cli.deadletters.Marks.Chunk;
import io.countess.event.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Where {@link Marks} are kept: a compacted topic with a record for each chunk. Its key names the
 * topic of the letters by id, since offsets mean nothing in one that has the same name later.
 */
final class MarksTopic {
  static final String NAME = "countess.dead-letters.marks";

  private static final Pattern KEY = Pattern.compile("(\\S+)/(\\d{1,9})/(\\d{1,18})");
  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Uuid letters;
  private final Map<TopicPartition, Long> firstLetters;

  /** Keys of chunks that mark letters which are no more. */
  private final List<byte[]> outdated = new ArrayList<>();

  /**
   * @param letters the id of their topic
   * @param firstLetters where each partition begins by now
   */
  MarksTopic(Uuid letters, Map<TopicPartition, Long> firstLetters) {
    this.letters = letters;
    this.firstLetters = Map.copyOf(firstLetters);
  }

  /** Creates the topic where it is missing, on as many brokers as the letters are. */
  static void ensure(Admin admin) {
    if (Clients.await(admin.listTopics().names()).contains(NAME)) {
      return;
    }
    TopicDescription letters = LettersTopic.describe(admin);
    int replicas = letters.partitions().get(0).replicas().size();
    var topic =
        new NewTopic(NAME, 1, (short) replicas)
            .configs(
                Map.of(
                    "cleanup.policy", "compact", "min.insync.replicas", replicas > 2 ? "2" : "1"));
    try {
      Clients.await(admin.createTopics(List.of(topic)).all());
    } catch (TopicExistsException meanwhile) {
      return;
    }
  }

  /** Reads all marks that there are. */
  Marks read(Consumer<byte[], byte[]> consumer) {
    var marks = new Marks();
    if (consumer.partitionsFor(NAME).isEmpty()) {
      return marks;
    }
    consumer.assign(Set.of(PARTITION));
    consumer.seekToBeginning(Set.of(PARTITION));
    long end = consumer.endOffsets(Set.of(PARTITION)).get(PARTITION);
    while (consumer.position(PARTITION) < end) {
      consumer.poll(POLL).forEach(record -> read(record, marks));
    }
    return marks;
  }

  private void read(ConsumerRecord<byte[], byte[]> record, Marks marks) {
    Matcher key = KEY.matcher(new String(record.key(), StandardCharsets.UTF_8));
    if (!key.matches()) {
      return;
    }
    var chunk = new Chunk(Integer.parseInt(key.group(2)), Long.parseLong(key.group(3)));
    boolean meant = key.group(1).equals(letters.toString()) && !isOutdated(chunk);
    if (meant && record.value() != null) {
      marks.read(chunk, record.value());
    } else if (meant) {
      marks.drop(chunk);
    } else if (record.value() != null) {
      outdated.add(record.key());
    }
  }

  /** The records that save {@code chunks} and remove old ones. */
  List<ProducerRecord<byte[], byte[]>> records(Map<Chunk, byte[]> chunks) {
    var records = new HashMap<String, ProducerRecord<byte[], byte[]>>();
    for (byte[] key : outdated) {
      records.put(
          new String(key, StandardCharsets.UTF_8), new ProducerRecord<>(NAME, 0, key, null));
    }
    chunks.forEach(
        (chunk, bits) -> {
          String key = letters + "/" + chunk.partition() + "/" + chunk.number();
          byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
          records.put(key, new ProducerRecord<>(NAME, 0, bytes, bits));
        });
    return List.copyOf(records.values());
  }

  /** That has been appended. */
  void appended() {
    outdated.clear();
  }

  private boolean isOutdated(Chunk chunk) {
    var partition = new TopicPartition(LogFormat.DEAD_LETTERS_TOPIC, chunk.partition());
    return chunk.isBefore(firstLetters.getOrDefault(partition, 0L));
  }
}
