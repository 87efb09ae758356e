package io.countess.cli.soak;

import io.countess.cli.soak.Log.Entry;
import io.countess.event.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each partition has to forward to each other one, in the order in which it stands there. So
 * it has to come, each once; what comes twice or before its turn counts for nothing.
 */
final class Chains {
  private final Map<Way, List<Position>> chains = new HashMap<>();

  private record Way(int from, int to) {}

  /** Adds what stands in a partition and has to go to another one. */
  void add(Entry entry, int to) {
    chain(entry.partition(), to).add(entry.position());
  }

  /** How many have to come to a partition. */
  int sizeInto(int to) {
    return chains.entrySet().stream()
        .filter(each -> each.getKey().to == to)
        .mapToInt(each -> each.getValue().size())
        .sum();
  }

  /** From the beginning of a partition on. */
  Arrivals into(int partition) {
    return new Arrivals(partition);
  }

  private List<Position> chain(int from, int to) {
    return chains.computeIfAbsent(new Way(from, to), none -> new ArrayList<>());
  }

  /** Goes along with what stands in one partition. */
  final class Arrivals {
    private final int partition;
    private final Map<Integer, Integer> arrived = new HashMap<>();

    private Arrivals(int partition) {
      this.partition = partition;
    }

    /** Whether this is the one that counts of what was forwarded. */
    boolean isNext(Entry entry) {
      if (entry.from().isEmpty()) {
        return false;
      }
      int from = entry.origin().offsets().firstKey();
      int next = arrived.getOrDefault(from, 0);
      List<Position> all = chain(from, partition);
      boolean isNext = next < all.size() && all.get(next).equals(entry.origin());
      if (isNext) {
        arrived.put(from, next + 1);
      }
      return isNext;
    }
  }
}
