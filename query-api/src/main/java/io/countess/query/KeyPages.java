package io.countess.query;

import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.KeyPage.Entry;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts pages of keys together, and in order. */
final class KeyPages {
  private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key);

  /** Best last: the lowest count first, and of equal counts the greatest key. */
  static final Comparator<Entry> BY_RANK =
      Comparator.comparingLong(Entry::count)
          .thenComparingDouble(entry -> entry.gauge().orElse(0))
          .thenComparing(BY_KEY.reversed());

  private KeyPages() {}

  /** Checks how many entries a page may have. */
  static void requirePage(String field, int size) {
    if (size < 1 || size > Question.MAX_PAGE) {
      throw new InvalidInputException(
          field, "is " + size + "; it must be from 1 to " + Question.MAX_PAGE);
    }
  }

  /** Whether the count, as it is shown, lies in a range. */
  static boolean isIn(CountRange range, Entry entry) {
    return entry.gauge().isPresent()
        ? range.contains(entry.gauge().getAsDouble())
        : range.contains(entry.count());
  }

  /** One page of pages that hold different keys of one namespace. */
  static KeyPage merge(List<KeyPage> pages, int limit) {
    List<Entry> all = new ArrayList<>();
    pages.forEach(page -> all.addAll(page.keys()));
    var stoppedAt =
        pages.stream()
            .flatMap(page -> page.next().stream())
            .map(Cursor::name)
            .min(Comparator.naturalOrder());
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
            .filter(entry -> stoppedAt.isEmpty() || entry.key().compareTo(stoppedAt.get()) <= 0)
            .limit(limit)
            .toList();
    boolean full = sure.size() == limit && (stoppedAt.isPresent() || found.size() > limit);
    var last = full ? Optional.of(sure.get(limit - 1).key()) : stoppedAt;
    return new KeyPage(sure, last.map(Cursor::after));
  }

  /** Those {@code k} with the highest counts, highest first, equal counts in key order. */
  static KeyPage top(Stream<Entry> entries, int k) {
    return new KeyPage(entries.sorted(BY_RANK.reversed()).limit(k).toList(), Optional.empty());
  }
}
