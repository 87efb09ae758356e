package io.countess.door;

import io.countess.answer.Denial;
import io.countess.event.ByteString;
import io.countess.event.NamespacePatterns;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who sends a request.
 *
 * @param name as it stands beside the key
 * @param grants what the key allows, each in the namespaces that match; or everywhere, where there
 *     are no patterns
 */
public record Caller(String name, Map<Access, Optional<NamespacePatterns>> grants) {
  /** Whoever comes, where no keys are asked for. */
  public static final Caller ANYONE =
      new Caller(
          "anyone",
          Arrays.stream(Access.values())
              .collect(Collectors.toMap(access -> access, access -> Optional.empty())));

  /** Whoever comes without a key, where no key is needed. */
  public static final Caller NOBODY = new Caller("nobody", Map.of());

  /** Copies the grants. */
  public Caller {
    var copy = new EnumMap<Access, Optional<NamespacePatterns>>(Access.class);
    copy.putAll(grants);
    grants = Collections.unmodifiableMap(copy);
  }

  /** Whether the key allows this in any namespace. */
  public boolean may(Access needed) {
    return needed == Access.OPEN || grants.containsKey(needed);
  }

  /** Whether the key allows this in all namespaces, and of the service as a whole. */
  public boolean mayEverywhere(Access needed) {
    if (needed == Access.OPEN) {
      return true;
    }
    Optional<NamespacePatterns> grant = grants.get(needed);
    return grant != null && grant.isEmpty();
  }

  /**
   * Why the key does not allow this.
   *
   * @param namespaces that are concerned; none where the service as a whole is
   */
  public Denial denial(Access needed, Collection<ByteString> namespaces) {
    Optional<NamespacePatterns> grant = grants.getOrDefault(needed, Optional.empty());
    return new Denial(
        name,
        needed.scope(),
        grant.map(NamespacePatterns::patterns).orElse(List.of()),
        grant.flatMap(
            patterns ->
                namespaces.stream().filter(it -> !patterns.cover(it)).sorted().findFirst()));
  }
}
