package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.CountRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Keys with their counts.
 *
 * @param next the key after which the next page starts; empty at the end
 */
public record KeyPage(List<Entry> keys, Optional<ByteString> next) {
  private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key);

  /** Best last: the lowest count first, and of equal counts the greatest key. */
  static final Comparator<Entry> BY_RANK =
      Comparator.comparingLong(Entry::count)
          .thenComparingDouble(entry -> entry.gauge.orElse(0))
          .thenComparing(BY_KEY.reversed());

  /**
   * A key and its count.
   *
   * @param count of a gauge, the whole number nearest to its value
   * @param gauge the value of a gauge
   */
  public record Entry(ByteString key, long count, OptionalDouble gauge) {
    /** A key that is no gauge's. */
    public Entry(ByteString key, long count) {
      this(key, count, OptionalDouble.empty());
    }

    /** Whether the count, as it is shown, lies in a range. */
    boolean isIn(CountRange range) {
      return gauge.isPresent() ? range.contains(gauge.getAsDouble()) : range.contains(count);
    }
  }

  /** One page of pages that hold different keys of one namespace. */
  static KeyPage merge(List<KeyPage> pages, int limit) {
    List<Entry> all = new ArrayList<>();
    pages.forEach(page -> all.addAll(page.keys));
    var stoppedAt =
        pages.stream().flatMap(page -> page.next.stream()).min(Comparator.naturalOrder());
    return cut(all, stoppedAt, limit);
  }

  /**
   * What of {@code found} is sure to be complete.
   *
   * @param stoppedAt the last key of the first one that stopped before its end
   */
  static KeyPage cut(List<Entry> found, Optional<ByteString> stoppedAt, int limit) {
    found.sort(BY_KEY);
    List<Entry> sure =
        found.stream()
            .filter(entry -> stoppedAt.isEmpty() || entry.key.compareTo(stoppedAt.get()) <= 0)
            .limit(limit)
            .toList();
    boolean full = sure.size() == limit && (stoppedAt.isPresent() || found.size() > limit);
    return new KeyPage(sure, full ? Optional.of(sure.get(limit - 1).key) : stoppedAt);
  }

  /** Those {@code k} with the highest counts, highest first, equal counts in key order. */
  static KeyPage top(Stream<Entry> entries, int k) {
    return new KeyPage(entries.sorted(BY_RANK.reversed()).limit(k).toList(), Optional.empty());
  }
}
