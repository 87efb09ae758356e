package io.countess.cli.policy;

import static java.util.Map.entry;

import io.countess.event.InvalidInputException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells the kind of a policy by its fields, so that it need not be typed. */
final class Kinds {
  /** The kinds that a field is for. */
  private static final Map<String, Set<String>> KINDS =
      Map.ofEntries(
          entry("ttl", Set.of("expiring")),
          entry("limit", Set.of("expiring", "window", "total")),
          entry("rate", Set.of("leaky")),
          entry("capacity", Set.of("leaky")),
          entry("period", Set.of("window")),
          entry("zone", Set.of("window")),
          entry("initial", Set.of("total")),
          entry("min", Set.of("window", "total", "gauge")),
          entry("maxDelta", Set.of("window", "total", "gauge")),
          entry("max", Set.of("total", "gauge")),
          entry("description", Set.of("gauge")));

  private static final Set<String> ALL = Set.of("expiring", "leaky", "window", "total", "gauge");

  /** Without this field a kind is not meant, where another one may be. */
  private static final Map<String, String> MARKS =
      Map.of("leaky", "rate", "window", "period", "gauge", "description");

  private Kinds() {}

  /**
   * The one kind that has all of {@code fields}.
   *
   * @throws InvalidInputException where there is none, or more than one
   */
  static String kindOf(Set<String> fields) {
    var kinds = new TreeSet<>(ALL);
    fields.forEach(field -> kinds.retainAll(KINDS.getOrDefault(field, ALL)));
    if (kinds.size() > 1) {
      kinds.removeIf(kind -> MARKS.containsKey(kind) && !fields.contains(MARKS.get(kind)));
    }
    String given = String.join(", ", fields);
    if (kinds.isEmpty()) {
      throw new InvalidInputException(
          "kind", "is missing, and there is none that has both or all of: " + given);
    } else if (kinds.size() > 1) {
      throw new InvalidInputException(
          "kind",
          "is missing; with %s it may be %s: --kind says which"
              .formatted(given, String.join(" or ", kinds)));
    }
    return kinds.first();
  }
}
