package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What stands between two records that were read in one go is known to be none. */
class LogConsumerTest {
  private static final TopicPartition PARTITION = new TopicPartition("countess.events", 3);

  @Test
  void shouldKnowOfNoGapBeforeItHasReadThere() {
    var track = new LogConsumer.Track(10);

    assertThat(track.afterGap(10)).isEqualTo(10);
  }

  @Test
  void shouldKnowGapsBetweenRecordsAndBehindTheLast() {
    var track = new LogConsumer.Track(10);
    track.read(PARTITION, records(20, 11, 12, 15));

    assertThat(track.afterGap(10)).isEqualTo(11);
    assertThat(track.afterGap(12)).isEqualTo(12);
    assertThat(track.afterGap(13)).isEqualTo(15);
    assertThat(track.afterGap(16)).isEqualTo(20);
    assertThat(track.afterGap(20)).isEqualTo(20);
  }

  @Test
  void shouldKnowAGapThatItReadsInSeveralGoes() {
    var track = new LogConsumer.Track(10);
    track.read(PARTITION, records(12));
    track.read(PARTITION, records(14));
    track.read(PARTITION, records(17, 16));

    assertThat(track.afterGap(10)).isEqualTo(16);
    assertThat(track.afterGap(17)).isEqualTo(17);
  }

  @Test
  void shouldNotTakeRecordsOfOthersForItsOwn() {
    var track = new LogConsumer.Track(0);
    track.read(new TopicPartition("countess.events", 4), records(9, 8));

    assertThat(track.afterGap(0)).isZero();
  }

  private static ConsumerRecords<byte[], byte[]> records(long next, long... offsets) {
    List<ConsumerRecord<byte[], byte[]>> records =
        Arrays.stream(offsets)
            .mapToObj(
                offset ->
                    new ConsumerRecord<>(PARTITION.topic(), 3, offset, new byte[0], new byte[0]))
            .toList();
    var byPartition = records.isEmpty() ? Map.of() : Map.of(PARTITION, records);
    @SuppressWarnings("unchecked")
    var typed = (Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>) (Map<?, ?>) byPartition;
    return new ConsumerRecords<>(typed, Map.of(PARTITION, new OffsetAndMetadata(next)));
  }
}
