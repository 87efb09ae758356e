package io.countess.answer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the lines of a load that waited until they were folded.
 *
 * @param counts how many lines had each outcome; one that is not there has none
 * @param first the first line of each outcome but {@link LineOutcome#ACCEPTED}, in order of lines
 * @param unlisted how many lines were to be listed one by one, and had no room
 */
public record LoadOutcomes(Map<LineOutcome, Long> counts, List<LineResult> first, long unlisted) {
  /** Those of no lines. */
  public static final LoadOutcomes NONE = new LoadOutcomes(Map.of(), List.of(), 0);

  public LoadOutcomes {
    counts = Map.copyOf(counts);
    first = List.copyOf(first);
  }

  /** How many lines had this outcome. */
  public long count(LineOutcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  /** These, and those of a part that came after so many lines. */
  public LoadOutcomes and(LoadOutcomes part, long linesBefore) {
    var sums = new EnumMap<LineOutcome, Long>(LineOutcome.class);
    sums.putAll(counts);
    part.counts.forEach((outcome, lines) -> sums.merge(outcome, lines, Long::sum));
    var all = new ArrayList<>(first);
    part.first.forEach(line -> all.add(line.after(linesBefore)));
    return new LoadOutcomes(sums, firstOfEach(all), unlisted + part.unlisted);
  }

  private static List<LineResult> firstOfEach(List<LineResult> lines) {
    lines.sort(Comparator.comparingLong(LineResult::line));
    var first = new TreeMap<LineOutcome, LineResult>();
    lines.forEach(line -> first.putIfAbsent(line.outcome(), line));
    return first.values().stream().sorted(Comparator.comparingLong(LineResult::line)).toList();
  }
}
