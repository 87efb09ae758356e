package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.topology.LogCursor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a thread of the fold reads the log with. It knows what it has read past: where no record
 * stands between two that it has handed over, none stands in the log. For that thread.
 *
 * <p>Of a partition that is open only the fold says where it is read. Where the log ends before the
 * position, or begins behind it, Kafka Streams would go back to the beginning. Then records have
 * gone. Only an opening finds out whether the counts can go on, so the thread ends.
 */
class LogConsumer extends KafkaConsumer<byte[], byte[]> implements LogCursor {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Kafka Streams names the consumer of a thread after it. */
  private static final String SUFFIX = "-consumer";

  private final String clientId;
  private final Map<Integer, Track> tracks = new HashMap<>();

  LogConsumer(Map<String, Object> config) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    clientId = (String) config.get(CommonClientConfigs.CLIENT_ID_CONFIG);
  }

  /** Whether the thread with this name reads with it. */
  boolean isOf(String thread) {
    return (thread + SUFFIX).equals(clientId);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    tracks.forEach((partition, track) -> track.read(topicPartition(partition), records));
    return records;
  }

  @Override
  public OptionalLong committed(int partition) {
    TopicPartition wanted = topicPartition(partition);
    var offset = committed(Set.of(wanted), PATIENCE).get(wanted);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset());
  }

  @Override
  public void moveTo(int partition, long offset) {
    tracks.remove(partition);
    seek(topicPartition(partition), offset);
    tracks.put(partition, new Track(offset));
  }

  @Override
  public long afterGap(int partition, long from) {
    Track track = tracks.get(partition);
    return track == null ? from : track.afterGap(from);
  }

  @Override
  public void leave(int partition) {
    tracks.remove(partition);
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      if (partition.topic().equals(LogFormat.EVENTS_TOPIC)
          && tracks.containsKey(partition.partition())) {
        throw new IllegalStateException(
            partition + " does not hold the offset that is to be folded next");
      }
    }
    super.seekToBeginning(partitions);
  }

  private static TopicPartition topicPartition(int partition) {
    return new TopicPartition(LogFormat.EVENTS_TOPIC, partition);
  }

  /** What was read of a partition since it was opened, as far as it is not folded yet. */
  static final class Track {
    private final Deque<Gap> gaps = new ArrayDeque<>();
    private long next;

    private record Gap(long from, long to) {}

    Track(long next) {
      this.next = next;
    }

    void read(TopicPartition partition, ConsumerRecords<byte[], byte[]> records) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        passTo(record.offset());
        next = record.offset() + 1;
      }
      var position = records.nextOffsets().get(partition);
      if (position != null) {
        passTo(position.offset());
      }
    }

    private void passTo(long offset) {
      if (offset > next) {
        Gap last = gaps.peekLast();
        boolean grows = last != null && last.to == next;
        long from = grows ? gaps.removeLast().from : next;
        gaps.addLast(new Gap(from, offset));
        next = offset;
      }
    }

    long afterGap(long from) {
      while (!gaps.isEmpty() && gaps.peekFirst().to <= from) {
        gaps.removeFirst();
      }
      Gap first = gaps.peekFirst();
      return first != null && first.from <= from ? first.to : from;
    }
  }
}
