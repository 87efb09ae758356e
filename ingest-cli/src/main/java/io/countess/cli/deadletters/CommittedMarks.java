package io.countess.cli.deadletters;

import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How the first builds of Countess marked letters: as the offsets of a consumer group. All letters
 * before the offset have been dealt with, and some after it: the distances in its metadata.
 */
final class CommittedMarks {
  /** The group of these offsets. */
  static final String GROUP = "countess-dead-letters";

  private CommittedMarks() {}

  /** Takes what is marked so over into {@code marks}, of letters that are still there. */
  static void addTo(Marks marks, Consumer<byte[], byte[]> consumer, Iterable<TopicPartition> of) {
    for (TopicPartition partition : of) {
      var one = Set.of(partition);
      OffsetAndMetadata committed = consumer.committed(one).get(partition);
      if (committed != null) {
        long first = consumer.beginningOffsets(one).get(partition);
        marks.addRange(partition.partition(), first, committed.offset());
        beyond(committed).forEach(offset -> marks.add(partition.partition(), offset));
      }
    }
  }

  /** The letters after the offset. */
  static Iterable<Long> beyond(OffsetAndMetadata committed) {
    var beyond = new TreeSet<Long>();
    if (committed.metadata().matches("\\d{1,18}(,\\d{1,18})*")) {
      for (String distance : committed.metadata().split(",", -1)) {
        beyond.add(committed.offset() + Long.parseLong(distance));
      }
    }
    return beyond;
  }
}
