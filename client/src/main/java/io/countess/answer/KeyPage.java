package io.countess.answer;

import io.countess.event.ByteString;
import io.countess.event.Decision.GaugeValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Keys with their counts.
 *
 * @param next where the next page starts; empty at the end
 * @param window the window in which they were counted, where one was asked for
 */
public record KeyPage(List<Entry> keys, Optional<Cursor> next, Optional<CountedWindow> window) {
  /** Copies the list. */
  public KeyPage {
    keys = List.copyOf(keys);
  }

  /** Keys with their counts at an instant. */
  public KeyPage(List<Entry> keys, Optional<Cursor> next) {
    this(keys, next, Optional.empty());
  }

  /** The same keys, counted in a window. */
  public KeyPage in(Optional<CountedWindow> counted) {
    return new KeyPage(keys, next, counted);
  }

  /**
   * A key and its count.
   *
   * @param count of a gauge, the whole number nearest to its value
   * @param gauge the value of a gauge; empty for other kinds
   */
  public record Entry(ByteString key, long count, OptionalDouble gauge) {
    /** Takes the count of a gauge from its value. */
    public Entry {
      count = gauge.isPresent() ? GaugeValue.nearest(gauge.getAsDouble()) : count;
    }

    /** A key that is no gauge's. */
    public Entry(ByteString key, long count) {
      this(key, count, OptionalDouble.empty());
    }

    /** A gauge. */
    public Entry(ByteString key, double value) {
      this(key, 0, OptionalDouble.of(value));
    }
  }
}
