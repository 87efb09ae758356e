package io.countess.cli.deadletters;

import io.countess.cli.console.FailedException;
import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The dead letters, and which of them have been dealt with. */
final class DeadLetters implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Set<TopicPartition> partitions;
  private final MarksTopic topic;
  private final Marks marks;

  private DeadLetters(
      Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions, Uuid topicId) {
    this.consumer = consumer;
    this.partitions = partitions;
    this.topic = new MarksTopic(topicId, consumer.beginningOffsets(partitions));
    this.marks = topic.read(consumer);
    CommittedMarks.addTo(marks, consumer, partitions);
    consumer.assign(partitions);
  }

  /**
   * Connects, and reads what has been dealt with.
   *
   * @throws FailedException where there are no letters
   */
  static DeadLetters open(Clients clients) {
    TopicDescription topic;
    try (var admin = clients.admin()) {
      topic = LettersTopic.describe(admin);
    }
    var partitions =
        topic.partitions().stream()
            .map(it -> new TopicPartition(topic.name(), it.partition()))
            .collect(Collectors.toUnmodifiableSet());
    Consumer<byte[], byte[]> consumer = clients.consumer();
    try {
      return new DeadLetters(consumer, partitions, topic.topicId());
    } catch (RuntimeException failed) {
      consumer.close();
      throw failed;
    }
  }

  /** Which have been dealt with. */
  Marks marks() {
    return marks;
  }

  /** Where that is kept. */
  MarksTopic topic() {
    return topic;
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
   * Gives the letters of {@code ids} to {@code taker}, in the order in which they stand.
   *
   * @return those that there are not
   */
  Set<LetterId> read(Collection<LetterId> ids, Predicate<DeadLetter> taker) {
    var missing = new LinkedHashSet<>(ids);
    var first = new HashMap<TopicPartition, Long>();
    ids.forEach(id -> first.merge(topicPartition(id.partition()), id.offset(), Math::min));
    first.keySet().retainAll(partitions);
    consumer.seekToEnd(partitions);
    seekWhereThereAreLetters(first);
    read(
        letter -> {
          boolean more = true;
          if (missing.remove(letter.letterId())) {
            more = taker.test(letter);
          }
          return more && !missing.isEmpty();
        });
    return missing;
  }

  private void seekWhereThereAreLetters(Map<TopicPartition, Long> first) {
    Map<TopicPartition, Long> begin = consumer.beginningOffsets(first.keySet());
    Map<TopicPartition, Long> end = consumer.endOffsets(first.keySet());
    first.forEach(
        (partition, offset) -> {
          if (offset < end.get(partition)) {
            consumer.seek(partition, Math.max(offset, begin.get(partition)));
          }
        });
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

  /** Gives the letters that follow, and later ones, to {@code taker} until it has enough. */
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
    return marks.has(letter.partition(), letter.offset());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static TopicPartition topicPartition(int partition) {
    return new TopicPartition(LogFormat.DEAD_LETTERS_TOPIC, partition);
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
