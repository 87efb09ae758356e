package io.countess.bench;

import java.util.List;

/**
 * One thing measured of several.
 *
 * @param title what was measured
 * @param series what it was measured of: Countess first, then its yardsticks
 */
record Comparison(String title, Unit unit, List<Series> series) {
  Comparison {
    series = List.copyOf(series);
  }

  /** What the others are yardsticks for. */
  Series subject() {
    return series.get(0);
  }
}
