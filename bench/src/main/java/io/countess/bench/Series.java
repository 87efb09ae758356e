package io.countess.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured of one thing, a value a round.
 *
 * @param name of the thing
 */
record Series(String name, List<Double> rounds) {
  Series {
    rounds = List.copyOf(rounds);
  }

  double min() {
    return sorted().get(0);
  }

  double median() {
    return median(rounds);
  }

  double max() {
    return sorted().get(rounds.size() - 1);
  }

  /**
   * How many times {@code other} this is: the median over rounds. Each round was measured in one
   * go, so a machine that is slow for a while changes it less than the values.
   */
  double over(Series other) {
    if (rounds.size() != other.rounds.size()) {
      return median() / other.median();
    }
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < rounds.size(); i++) {
      ratios.add(rounds.get(i) / other.rounds.get(i));
    }
    return median(ratios);
  }

  private List<Double> sorted() {
    return rounds.stream().sorted().toList();
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
