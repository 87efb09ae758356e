package io.countess.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** A log of some partitions on the heap. */
final class SimulatedLog implements SourceLog {
  private final List<List<Record<byte[], byte[]>>> partitions;

  SimulatedLog(int partitions) {
    this.partitions =
        IntStream.range(0, partitions)
            .<List<Record<byte[], byte[]>>>mapToObj(p -> new ArrayList<>())
            .toList();
  }

  @Override
  public Uuid id() {
    return FakeLog.EMPTY.id();
  }

  @Override
  public long endOffset(int partition) {
    return size(partition);
  }

  @Override
  public long beginningOffset(int partition) {
    return 0;
  }

  @Override
  public long beginningOfState(String changelog, int partition) {
    return 0;
  }

  int partitions() {
    return partitions.size();
  }

  int size(int partition) {
    return partitions.get(partition).size();
  }

  void append(int partition, String key, String value, long atMillis) {
    partitions
        .get(partition)
        .add(new Record<>(FoldFixture.utf8(key), FoldFixture.utf8(value), atMillis));
  }

  void append(Forwarder.Outgoing out) {
    Headers headers = out.headers();
    partitions
        .get(out.partition())
        .add(new Record<>(out.key(), out.value(), out.atMillis(), headers));
  }

  Record<byte[], byte[]> read(int partition, long offset) {
    return partitions.get(partition).get((int) offset);
  }
}
