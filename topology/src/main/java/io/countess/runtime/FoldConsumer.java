package io.countess.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of one of the fold's threads, which takes note how far it has read. Any thread may
 * ask.
 */
final class FoldConsumer extends LogConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(FoldConsumer.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Consumer<FoldConsumer> closing;
  private final boolean comesBack;
  private final Map<Integer, Fetched> partitions = new ConcurrentHashMap<>();
  private long lookedNanos = System.nanoTime() - LOOK_NANOS;

  /**
   * @param closing is told when this closes
   */
  FoldConsumer(Map<String, Object> settings, Consumer<FoldConsumer> closing) {
    super(settings);
    this.comesBack = settings.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    this.closing = closing;
  }

  /** How far each partition that is given to this one has been read. */
  Map<Integer, Fetched> fetched() {
    return Collections.unmodifiableMap(partitions);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    records
        .nextOffsets()
        .forEach(
            (partition, next) -> {
              Fetched fetched = of(partition);
              fetched.took(records.records(partition));
              fetched.goesOnAt(next.offset());
            });
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      lookedNanos = now;
      look();
    }
    return records;
  }

  /** Also what was not read from the beginning: where it began, or was moved to. */
  private void look() {
    Set<TopicPartition> assigned = assignment();
    partitions
        .keySet()
        .retainAll(assigned.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
    for (TopicPartition partition : assigned) {
      try {
        of(partition).goesOnAt(position(partition, Duration.ZERO));
      } catch (KafkaException notYet) {
        LOG.debug("it is not known yet where {} is read", partition, notYet);
      }
    }
  }

  @Override
  public void close() {
    closing.accept(this);
    super.close();
  }

  @Override
  @Deprecated
  public void close(Duration timeout) {
    closing.accept(this);
    super.close(timeout);
  }

  /**
   * A member without a name of its own never comes back, also where only its thread died. It
   * leaves, or the others would wait for it as long as a session lasts.
   */
  @Override
  public void close(CloseOptions option) {
    closing.accept(this);
    if (!comesBack) {
      option.withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    }
    super.close(option);
  }

  private Fetched of(TopicPartition partition) {
    return partitions.computeIfAbsent(partition.partition(), any -> new Fetched());
  }
}
