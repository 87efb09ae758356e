package io.countess.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is measured, in the order in which it first comes. */
final class Results {
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  /**
   * Adds what was measured in a round.
   *
   * @param title what was measured
   * @param of what it was measured of; what comes first under a title is what the others are
   *     compared with
   */
  void add(String title, Unit unit, String of, double value) {
    units.put(title, unit);
    values
        .computeIfAbsent(title, t -> new LinkedHashMap<>())
        .computeIfAbsent(of, o -> new ArrayList<>())
        .add(value);
  }

  /** Fixes the order of things under a title, whatever comes first. */
  void order(String title, Unit unit, Collection<String> things) {
    units.put(title, unit);
    var byThing = values.computeIfAbsent(title, t -> new LinkedHashMap<>());
    for (String thing : things) {
      byThing.computeIfAbsent(thing, t -> new ArrayList<>());
    }
  }

  /** All of it. */
  List<Comparison> comparisons() {
    var all = new ArrayList<Comparison>();
    values.forEach(
        (title, byThing) -> {
          var series = new ArrayList<Series>();
          byThing.forEach((name, rounds) -> series.add(new Series(name, rounds)));
          all.add(new Comparison(title, units.get(title), series));
        });
    return all;
  }
}
