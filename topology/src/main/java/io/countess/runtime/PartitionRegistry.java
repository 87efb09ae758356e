package io.countess.runtime;

import io.countess.state.PartitionReader;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;

/**
 * The partitions that can be read here now. The fold's threads fill it as they open and close their
 * partitions; {@code KafkaStreams.store} would refuse all partitions of a thread while one
 * restores.
 */
public final class PartitionRegistry {
  private final ConcurrentSkipListMap<Integer, PartitionReader> readers =
      new ConcurrentSkipListMap<>();

  private final BooleanSupplier held;

  /**
   * An empty registry.
   *
   * @param held whether this instance still holds what it was given, as far as it can know
   */
  PartitionRegistry(BooleanSupplier held) {
    this.held = held;
  }

  /** The way into a partition, if it is here. */
  public Optional<PartitionReader> reader(int partition) {
    PartitionReader reader = readers.get(partition);
    return reader != null && isHeld() ? Optional.of(reader) : Optional.empty();
  }

  /**
   * Whether this instance still holds what it was given: to be asked also after something has been
   * read, since a process can be stopped and go on at any place.
   */
  public boolean isHeld() {
    return held.getAsBoolean();
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
