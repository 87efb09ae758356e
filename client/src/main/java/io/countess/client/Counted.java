package io.countess.client;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Position;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The count of a counter at an instant.
 *
 * @param count for a gauge, the whole number nearest to its value
 * @param limit the most that it may be, where there is a limit; empty for gauges
 * @param moreAfterMillis after how long more than what remains may be added, if nothing else comes,
 *     or what remains is used up at once; empty without a limit and where waiting does not help
 * @param freeAfterMillis after how long the whole limit is free again if nothing else comes; empty
 *     without a limit and where waiting does not help
 * @param position what the state that answered had folded
 * @param gauge the value of a gauge, and its limit; empty for other kinds
 * @param exists whether anything is kept for the counter; false too where the server does not say
 * @param behind by partition, how many records at most the standby had still to come to that
 *     answered while its partition moves; empty where the holder of the partition answered
 */
public record Counted(
    CounterName counter,
    long count,
    OptionalLong limit,
    OptionalLong moreAfterMillis,
    OptionalLong freeAfterMillis,
    long atMillis,
    Position position,
    Optional<GaugeValue> gauge,
    boolean exists,
    SortedMap<Integer, Long> behind) {
  /** Copies the map. */
  public Counted {
    behind = Collections.unmodifiableSortedMap(new TreeMap<>(behind));
  }

  /** How much may still be added, where there is a limit in whole numbers. */
  public OptionalLong remaining() {
    return limit.isPresent()
        ? OptionalLong.of(Decision.remaining(limit.getAsLong(), count))
        : OptionalLong.empty();
  }

  static Counted read(CounterName counter, Reply reply) {
    return CountedJson.read(reply).counted(counter);
  }
}
