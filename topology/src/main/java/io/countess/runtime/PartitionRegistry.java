package io.countess.runtime;

import io.countess.state.PartitionReader;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The partitions that can be read here now. The fold's threads fill it as they open and close their
 * partitions; {@code KafkaStreams.store} would refuse all partitions of a thread while one
 * restores.
 */
public final class PartitionRegistry {
  private final ConcurrentSkipListMap<Integer, PartitionReader> readers =
      new ConcurrentSkipListMap<>();

  /** The way into a partition, if it is here. */
  public Optional<PartitionReader> reader(int partition) {
    return Optional.ofNullable(readers.get(partition));
  }

  /** All that are here, by partition. */
  public SortedMap<Integer, PartitionReader> all() {
    return Collections.unmodifiableSortedMap(readers);
  }

  void opened(PartitionReader reader) {
    readers.put(reader.partition(), reader);
  }

  void closed(PartitionReader reader) {
    readers.remove(reader.partition(), reader);
  }
}
