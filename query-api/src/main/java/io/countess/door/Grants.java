package io.countess.door;

import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What keys allow, as it is written: {@code SCOPE[,SCOPE…]} for everywhere, or {@code
 * SCOPE[,SCOPE…]@PATTERN[,PATTERN…]} for the namespaces that match.
 */
public final class Grants {
  private static final String MUST = "; it must be read, write or admin";
  private static final char AT = '@';

  private Grants() {}

  /**
   * Reads grants, which all hold together.
   *
   * @throws InvalidInputException where one is none, or a scope is given both everywhere and for
   *     some namespaces
   */
  public static Map<Access, Optional<NamespacePatterns>> parse(Collection<String> grants) {
    var given = new EnumMap<Access, Set<String>>(Access.class);
    for (String grant : grants) {
      int at = grant.indexOf(AT);
      List<String> patterns = at < 0 ? List.of() : patterns(grant.substring(at + 1));
      for (String scope : (at < 0 ? grant : grant.substring(0, at)).split(",", -1)) {
        add(given, scope(scope), patterns);
      }
    }
    var parsed = new EnumMap<Access, Optional<NamespacePatterns>>(Access.class);
    given.forEach(
        (scope, patterns) ->
            parsed.put(
                scope,
                patterns.isEmpty()
                    ? Optional.empty()
                    : Optional.of(NamespacePatterns.of(patterns))));
    return parsed;
  }

  private static List<String> patterns(String text) {
    return NamespacePatterns.parse(text).patterns();
  }

  private static void add(
      Map<Access, Set<String>> given, Access scope, Collection<String> patterns) {
    Set<String> before = given.get(scope);
    if (before != null && before.isEmpty() != patterns.isEmpty()) {
      String rule = "%s stands there with patterns and without; without, it holds everywhere";
      throw new InvalidInputException("scope", rule.formatted(scope.scope()));
    }
    given.computeIfAbsent(scope, it -> new LinkedHashSet<>()).addAll(patterns);
  }

  private static Access scope(String scope) {
    return Arrays.stream(Access.values())
        .filter(it -> it != Access.OPEN && it.scope().equals(scope))
        .findAny()
        .orElseThrow(() -> new InvalidInputException("scope", shown(scope) + MUST));
  }

  /** What is long enough may be a key that came into the wrong place. */
  private static String shown(String scope) {
    return scope.length() < ApiKeys.MIN_KEY ? "is '" + scope + "'" : "is none";
  }
}
