package io.countess.cli.policy;

import io.countess.event.InvalidInputException;
import io.countess.event.codec.PolicyCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Tells the kind of a policy by its fields, so that it need not be typed. */
final class Kinds {
  private static final Map<String, List<String>> FIELDS = PolicyCodec.fieldsByKind();

  /** Those that are meant where only fields of several kinds are given. */
  private static final Set<String> PLAIN = Set.of("expiring", "total");

  private Kinds() {}

  /**
   * The one kind that has all of {@code fields}.
   *
   * @param usual the kind that is meant where several have them
   * @throws InvalidInputException where there is none, or more than one
   */
  static String kindOf(Set<String> fields, Supplier<Optional<String>> usual) {
    var kinds = new TreeSet<>(FIELDS.keySet());
    fields.stream()
        .filter(Kinds::isOfSomeKinds)
        .forEach(field -> kinds.removeIf(kind -> !FIELDS.get(kind).contains(field)));
    if (kinds.size() > 1) {
      Optional<String> meant = usual.get().filter(kinds::contains);
      if (meant.isPresent()) {
        return meant.get();
      }
      kinds.retainAll(PLAIN);
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
