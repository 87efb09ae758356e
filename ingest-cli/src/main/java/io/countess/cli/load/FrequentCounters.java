package io.countess.cli.load;

import io.countess.event.CounterName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which counters many lines are about, in a bounded space: the algorithm of Misra and Gries
 * ("Finding repeated elements", 1982). Where a counter has no place, one is taken from each that
 * has. So no number is too high, and none is too low by more than all lines divided by the places.
 */
final class FrequentCounters {
  /** How many counters have a place: of ten million lines, those with over 20 000 are found. */
  static final int PLACES = 1000;

  private final Map<CounterName, Long> lines = new HashMap<>();

  /**
   * A counter of which there are many lines.
   *
   * @param lines how many at least
   */
  record Frequent(CounterName counter, long lines) {}

  synchronized void add(CounterName counter) {
    if (lines.containsKey(counter) || lines.size() < PLACES) {
      lines.merge(counter, 1L, Long::sum);
      return;
    }
    lines.replaceAll((other, count) -> count - 1);
    lines.values().removeIf(count -> count == 0);
  }

  /** Those of which there are more than {@code most}, most lines first. */
  synchronized List<Frequent> over(long most) {
    return lines.entrySet().stream()
        .filter(entry -> entry.getValue() > most)
        .map(entry -> new Frequent(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Frequent::lines).reversed())
        .toList();
  }
}
