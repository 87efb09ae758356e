package io.countess.event;

import java.util.Collection;
import java.util.LinkedHashMap;
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
  /** The scopes, the lesser before the greater. */
  public static final List<String> SCOPES = List.of("read", "write", "admin");

  /** No key is shorter. */
  public static final int SHORTEST_KEY = 16;

  private static final String MUST = "; it must be read, write or admin";
  private static final char AT = '@';

  private Grants() {}

  /**
   * Reads grants, which all hold together.
   *
   * @return by scope the namespaces that it is for; empty for everywhere
   * @throws InvalidInputException where one is none, or a scope is given both everywhere and for
   *     some namespaces
   */
  public static Map<String, Optional<NamespacePatterns>> parse(Collection<String> grants) {
    var given = new LinkedHashMap<String, Set<String>>();
    for (String grant : grants) {
      int at = grant.indexOf(AT);
      List<String> patterns = at < 0 ? List.of() : patterns(grant.substring(at + 1));
      for (String scope : (at < 0 ? grant : grant.substring(0, at)).split(",", -1)) {
        add(given, scope(scope), patterns);
      }
    }
    var parsed = new LinkedHashMap<String, Optional<NamespacePatterns>>();
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
      Map<String, Set<String>> given, String scope, Collection<String> patterns) {
    Set<String> before = given.get(scope);
    if (before != null && before.isEmpty() != patterns.isEmpty()) {
      String rule = "%s stands there with patterns and without; without, it holds everywhere";
      throw new InvalidInputException("scope", rule.formatted(scope));
    }
    given.computeIfAbsent(scope, it -> new LinkedHashSet<>()).addAll(patterns);
  }

  private static String scope(String scope) {
    if (!SCOPES.contains(scope)) {
      throw new InvalidInputException("scope", shown(scope) + MUST);
    }
    return scope;
  }

  /** What is long enough may be a key that came into the wrong place. */
  private static String shown(String scope) {
    return scope.length() < SHORTEST_KEY ? "is '" + scope + "'" : "is none";
  }
}
