package io.countess.cli.soak;

import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.EventCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The log as it stands in the end. */
final class Log {
  private static final Duration POLL = Duration.ofSeconds(1);

  private Log() {}

  /**
   * A record.
   *
   * @param home the partition where it belongs
   * @param millis its own time
   * @param from where it was forwarded from, if it was
   * @param stamp what the server says that stamped it, if one did
   */
  record Entry(
      int partition,
      long offset,
      int home,
      long millis,
      CounterName counter,
      Event event,
      Optional<Position> from,
      Optional<ClockStamp> stamp) {
    Position position() {
      return Position.of(partition, offset);
    }

    /** The same, as it happens by the clock of its partition. */
    Entry at(long otherMillis) {
      return new Entry(partition, offset, home, otherMillis, counter, event, from, stamp);
    }

    /** Where its sender put it. */
    Position origin() {
      return from.orElse(position());
    }

    /** Under which it is remembered; one that only its place has where it has none. */
    String id() {
      return event.id().orElseGet(() -> "of " + origin());
    }

    boolean isStamped() {
      return from.isEmpty() && stamp.isPresent();
    }

    /** Whether it changes how more than one counter counts. */
    boolean isPolicy() {
      return event instanceof Event.ChangeDefaults
          || event instanceof Event.ChangePolicy && counter.key().size() == 0;
    }

    /** Whether it changes how one counter counts. */
    boolean isPolicyOfOne() {
      return event instanceof Event.ChangePolicy && counter.key().size() > 0;
    }
  }

  /** All records, partition by partition. */
  static List<Entry> read(String bootstrapServers) {
    var entries = new ArrayList<Entry>();
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(LogFormat.EVENTS_TOPIC).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(POLL).forEach(each -> entries.add(entry(each, partitions.size())));
      }
    }
    entries.sort(Comparator.comparing(Entry::partition).thenComparing(Entry::offset));
    return entries;
  }

  private static Entry entry(ConsumerRecord<byte[], byte[]> each, int partitions) {
    CounterName counter = RecordKey.parse(each.key());
    return new Entry(
        each.partition(),
        each.offset(),
        Home.of(counter, partitions),
        each.timestamp(),
        counter,
        EventCodec.decode(each.value(), each.key()),
        header(each, LogFormat.FORWARDED_HEADER).map(mark -> from(ByteBuffer.wrap(mark))),
        header(each, LogFormat.CLOCK_HEADER).flatMap(ClockStamp::decode));
  }

  private static Optional<byte[]> header(ConsumerRecord<byte[], byte[]> each, String name) {
    return Optional.ofNullable(each.headers().lastHeader(name)).map(Header::value);
  }

  /** The mark of a forwarded record begins with where it stood. */
  private static Position from(ByteBuffer mark) {
    return Position.of(mark.getInt(), mark.getLong());
  }
}
