package io.countess.runtime;

import io.countess.state.PartitionReader;
import io.countess.topology.PartitionObserver;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The partitions that can be read here now. The fold's threads fill it as they open and close their
 * partitions; {@code KafkaStreams.store} would refuse all partitions of a thread while one
 * restores.
 */
public final class PartitionRegistry implements PartitionObserver {
  private final ConcurrentSkipListMap<Integer, Held> partitions = new ConcurrentSkipListMap<>();
  private final Supplier<BooleanSupplier> leaseOfThisThread;

  private record Held(PartitionReader reader, BooleanSupplier lease) {}

  /**
   * An empty registry.
   *
   * @param leaseOfThisThread tells the thread of the fold that asks how to know whether it still
   *     holds what it was given
   */
  PartitionRegistry(Supplier<BooleanSupplier> leaseOfThisThread) {
    this.leaseOfThisThread = leaseOfThisThread;
  }

  /** The way into a partition, if it is here. */
  public Optional<PartitionReader> reader(int partition) {
    return Optional.ofNullable(partitions.get(partition))
        .filter(held -> held.lease.getAsBoolean())
        .map(Held::reader);
  }

  /**
   * Whether a partition is still here and read this way. To be asked also after a reading, since a
   * process can be stopped and go on at any place.
   */
  public boolean holds(PartitionReader reader) {
    return reader(reader.partition()).filter(reader::equals).isPresent();
  }

  /** All that are open here, by partition, whether they are held or not. */
  public SortedMap<Integer, PartitionReader> all() {
    var readers = new TreeMap<Integer, PartitionReader>();
    partitions.forEach((partition, held) -> readers.put(partition, held.reader));
    return readers;
  }

  @Override
  public void opened(PartitionReader reader) {
    partitions.put(reader.partition(), new Held(reader, leaseOfThisThread.get()));
  }

  @Override
  public void closed(PartitionReader reader) {
    partitions.computeIfPresent(
        reader.partition(), (partition, held) -> held.reader == reader ? null : held);
  }
}
