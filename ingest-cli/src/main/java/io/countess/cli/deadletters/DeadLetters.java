package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The dead letters, and which of them have been dealt with. That is kept as the offsets of a
 * consumer group, so it holds for everyone, and for as long as Kafka keeps offsets.
 */
final class DeadLetters implements AutoCloseable {
  /** The group whose offsets tell what has been dealt with. */
  static final String GROUP = "countess-dead-letters";

  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Set<TopicPartition> partitions;
  private final Map<Integer, DealtWith> dealtWith = new HashMap<>();

  DeadLetters(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
    this.partitions =
        consumer.partitionsFor(LogFormat.DEAD_LETTERS_TOPIC).stream()
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .collect(Collectors.toUnmodifiableSet());
    if (partitions.isEmpty()) {
      throw new FailedException(
          ExitCode.FAILED, "there is no topic " + LogFormat.DEAD_LETTERS_TOPIC + " there", null);
    }
    consumer.assign(partitions);
  }

  /**
   * Connects.
   *
   * @param clients settings of the Kafka client
   */
  static DeadLetters open(Map<String, Object> clients) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("group.id", GROUP);
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.put("allow.auto.create.topics", false);
    settings.putIfAbsent("default.api.timeout.ms", 10_000);
    var bytes = new ByteArrayDeserializer();
    return new DeadLetters(new KafkaConsumer<>(settings, bytes, bytes));
  }

  /** Goes to the first that nobody has dealt with, in each partition: later ones may be. */
  void seekToNew() {
    consumer.seekToBeginning(partitions);
    for (TopicPartition partition : partitions) {
      long before = dealtWith(partition.partition()).before();
      if (before > consumer.position(partition)) {
        consumer.seek(partition, before);
      }
    }
  }

  /** Goes to the first of all. */
  void seekToFirst() {
    consumer.seekToBeginning(partitions);
  }

  /** Goes to the first that is of {@code atMillis} or later. */
  void seekTo(long atMillis) {
    var times = partitions.stream().collect(Collectors.toMap(it -> it, it -> atMillis));
    consumer
        .offsetsForTimes(times)
        .forEach(
            (partition, found) -> {
              if (found == null) {
                consumer.seekToEnd(List.of(partition));
              } else {
                consumer.seek(partition, found.offset());
              }
            });
  }

  /**
   * One letter.
   *
   * @throws FailedException where there is none
   */
  DeadLetter get(LetterId id) {
    var partition = topicPartition(id.partition());
    if (!partitions.contains(partition)) {
      throw noSuchLetter(id);
    }
    consumer.seekToEnd(partitions);
    consumer.seek(partition, id.offset());
    var found = new AtomicReference<DeadLetter>();
    read(
        letter -> {
          found.set(letter);
          return false;
        });
    if (found.get() == null || found.get().offset() != id.offset()) {
      throw noSuchLetter(id);
    }
    return found.get();
  }

  /** Gives what follows, as far as there is something now, to {@code taker} until it has enough. */
  void read(Predicate<DeadLetter> taker) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (isBefore(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        var partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.get(partition) && !taker.test(DeadLetter.of(record))) {
          return;
        }
      }
    }
  }

  /** Gives what follows, and what comes later, to {@code taker} until it has enough. */
  void follow(Predicate<DeadLetter> taker) {
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!taker.test(DeadLetter.of(record))) {
          return;
        }
      }
    }
  }

  /** Whether somebody has dealt with this letter. */
  boolean isDealtWith(DeadLetter letter) {
    return dealtWith(letter.partition()).has(letter.offset());
  }

  /** Remembers that this letter has been dealt with. */
  void dealWith(DeadLetter letter) {
    var now = committed(letter.partition()).and(letter.offset());
    consumer.commitSync(Map.of(topicPartition(letter.partition()), now.toCommit()));
    dealtWith.put(letter.partition(), now);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private DealtWith dealtWith(int partition) {
    return dealtWith.computeIfAbsent(partition, this::committed);
  }

  /** Asked for anew before each change: somebody else may have made one. */
  private DealtWith committed(int partition) {
    var one = topicPartition(partition);
    return DealtWith.of(consumer.committed(Set.of(one)).get(one));
  }

  private static TopicPartition topicPartition(int partition) {
    return new TopicPartition(LogFormat.DEAD_LETTERS_TOPIC, partition);
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private static FailedException noSuchLetter(LetterId id) {
    return new FailedException(ExitCode.FAILED, "there is no dead letter " + id, null);
  }
}
