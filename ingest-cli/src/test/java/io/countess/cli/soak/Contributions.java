package io.countess.cli.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  void clear() {
    all.clear();
  }
}
