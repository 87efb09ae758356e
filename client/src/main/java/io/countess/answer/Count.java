package io.countess.answer;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Held;
import io.countess.event.LimitCount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The count of a counter at an instant.
 *
 * @param count of a gauge, the whole number nearest to its value
 * @param limit the most that it may be, where there is a limit; empty for a gauge
 * @param moreAfterMillis after how long more than what remains may be added, if nothing else comes,
 *     or what remains is used up at once; empty without a limit and where waiting does not help
 * @param freeAfterMillis after how long the whole limit is free again if nothing else comes; empty
 *     without a limit and where waiting does not help
 * @param exists whether the counter has a state; one that has none counts its initial value
 * @param gauge the value of a gauge, and its limit, or of a value with a fraction; else empty
 * @param limits how it stands under each of several limits, of which {@code count} and {@code
 *     limit} are the first; empty where there is one limit, or none
 * @param window the window that it is the count of, where one was asked for, or the instant is
 *     before the counter's last
 * @param held what a counter of the kind value holds; empty where that is nothing, and for other
 *     kinds
 */
public record Count(
    CounterName counter,
    long count,
    OptionalLong limit,
    OptionalLong moreAfterMillis,
    OptionalLong freeAfterMillis,
    long atMillis,
    boolean exists,
    Optional<GaugeValue> gauge,
    List<LimitCount> limits,
    Optional<CountedWindow> window,
    Optional<Held> held) {
  /** Takes the count of a gauge from its value. */
  public Count {
    limits = List.copyOf(limits);
    count = gauge.isPresent() ? GaugeValue.nearest(gauge.get().value()) : count;
  }

  /** The same count, as that of a window. */
  public Count in(CountedWindow counted) {
    return new Count(
        counter,
        count,
        limit,
        moreAfterMillis,
        freeAfterMillis,
        atMillis,
        exists,
        gauge,
        limits,
        Optional.of(counted),
        held);
  }

  /** The count of a counter that exists, is no gauge, and that waiting does not free. */
  public Count(CounterName counter, long count, OptionalLong limit, long atMillis) {
    this(
        counter,
        count,
        limit,
        OptionalLong.empty(),
        OptionalLong.empty(),
        atMillis,
        true,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** How much may still be added, where there are limits in whole numbers. */
  public OptionalLong remaining() {
    if (!limits.isEmpty()) {
      return LimitCount.remaining(limits);
    }
    return limit.isPresent()
        ? OptionalLong.of(Decision.remaining(limit.getAsLong(), count))
        : OptionalLong.empty();
  }
}
