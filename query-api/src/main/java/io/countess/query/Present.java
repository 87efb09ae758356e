package io.countess.query;

import io.countess.state.PartitionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The present of partitions, at one moment. Where the wall clock is right it is the same in all;
 * each has its own where it is behind.
 *
 * @param latest the latest of all
 */
record Present(Map<Integer, Long> byPartition, long latest) {
  static Present of(List<PartitionReader> readers) {
    var byPartition = new HashMap<Integer, Long>();
    long wall = readers.get(0).clock().wallMillis();
    long latest = wall;
    for (PartitionReader reader : readers) {
      long now = reader.clock().nowAt(wall);
      byPartition.put(reader.partition(), now);
      latest = Math.max(latest, now);
    }
    return new Present(byPartition, latest);
  }

  long at(PartitionReader reader) {
    return byPartition.get(reader.partition());
  }
}
