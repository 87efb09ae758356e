package io.countess.topology;

import io.countess.event.CounterName;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.util.stream.IntStream;

/** Names that belong to a partition. */
final class Keys {
  static final String DEFAULTS_AND_RESET =
      "{\"op\":\"defaults\",\"policy\":{\"kind\":\"expiring\"},\"onChange\":\"reset\"}";

  private Keys() {}

  /** A namespace whose policy has its home in {@code partition}. */
  static String namespaceIn(int partition, int partitions) {
    return first("n", "", partition, partitions).namespace().toString();
  }

  /** A key of {@code namespace} that belongs to {@code partition}. */
  static String keyIn(String namespace, int partition, int partitions) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "k" + i)
        .filter(key -> home(CounterName.of(namespace, key), partitions) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static CounterName first(String prefix, String key, int partition, int partitions) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> CounterName.of(prefix + i, key))
        .filter(name -> home(name, partitions) == partition)
        .findFirst()
        .orElseThrow();
  }

  private static int home(CounterName name, int partitions) {
    return Partitions.of(RecordKey.of(name), partitions);
  }
}
