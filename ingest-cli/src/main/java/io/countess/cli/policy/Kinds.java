package io.countess.cli.policy;

import io.countess.event.InvalidInputException;
import io.countess.event.codec.PolicyCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells the kind of a policy by its fields, so that it need not be typed. */
final class Kinds {
  private static final Map<String, List<String>> FIELDS = PolicyCodec.fieldsByKind();

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
    var kinds = new TreeSet<>(FIELDS.keySet());
    fields.stream()
        .filter(Kinds::isOfSomeKinds)
        .forEach(field -> kinds.removeIf(kind -> !FIELDS.get(kind).contains(field)));
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

  private static boolean isOfSomeKinds(String field) {
    return FIELDS.values().stream().anyMatch(fields -> fields.contains(field));
  }
}
