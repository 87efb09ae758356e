package io.countess.cli.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each accepted put added, and until when: nothing is ever summed up. */
final class Contributions {
  private record Kept(String id, long n, long endMillis) {}

  private final List<Kept> all = new ArrayList<>();

  void add(String id, long n, long endMillis) {
    all.add(new Kept(id, n, endMillis));
  }

  long at(long instant) {
    return all.stream().filter(each -> each.endMillis > instant).mapToLong(Kept::n).sum();
  }

  /** What of one put still counts. */
  long left(String id, long instant) {
    return all.stream()
        .filter(each -> each.id.equals(id) && each.endMillis > instant)
        .mapToLong(Kept::n)
        .sum();
  }

  /** What of each put still counts. */
  Map<String, Long> left(long instant) {
    return all.stream()
        .filter(each -> each.endMillis > instant)
        .collect(Collectors.groupingBy(Kept::id, Collectors.summingLong(Kept::n)));
  }

  /** Takes {@code n} of a put away. */
  void take(String id, long n) {
    long end = all.stream().filter(each -> each.id.equals(id)).findAny().orElseThrow().endMillis;
    all.add(new Kept(id, -n, end));
  }

  /** When what a put added ends, also where that is over; 0 where nothing is known of it. */
  long endOf(String id) {
    return all.stream()
        .filter(each -> each.id.equals(id))
        .mapToLong(Kept::endMillis)
        .max()
        .orElse(0);
  }

  /** The sum of what ends at one instant. */
  long endingAt(long millis) {
    return all.stream().filter(each -> each.endMillis == millis).mapToLong(Kept::n).sum();
  }

  /** The sums by their ends, of what ends after an instant. */
  SortedMap<Long, Long> sumsAfter(long millis) {
    return all.stream()
        .filter(each -> each.endMillis > millis)
        .collect(
            Collectors.groupingBy(Kept::endMillis, TreeMap::new, Collectors.summingLong(Kept::n)));
  }

  void clear() {
    all.clear();
  }
}
