package io.countess.door.tenants;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param id that its operations bear; empty for whoever shows no key
 * @param identity by which its requests are limited; empty where that is its address
 * @param tenant whose resources it may use; empty for any
 */
record Principal(
    String id,
    Optional<String> identity,
    boolean admin,
    Set<Scope> scopes,
    Optional<String> tenant) {
  static final Principal ANONYMOUS =
      new Principal("", Optional.empty(), false, Set.of(), Optional.empty());

  /** Whoever comes, where nobody has keys. */
  static final Principal ANYONE =
      new Principal("anyone", Optional.empty(), true, EnumSet.allOf(Scope.class), Optional.empty());

  /** One that may do everything. */
  static Principal admin(String id) {
    return new Principal(
        id, Optional.of("credential:" + id), true, EnumSet.allOf(Scope.class), Optional.empty());
  }

  /** One with a key of its own. */
  static Principal limited(String id, Set<Scope> scopes, Optional<String> tenant) {
    return new Principal(id, Optional.of("credential:" + id), false, scopes, tenant);
  }

  boolean isAnonymous() {
    return id.isEmpty();
  }

  /** Whether it may do this to a tenant, whose id is compared as it stands in the path. */
  boolean may(Scope scope, String of) {
    return admin
        || scopes.contains(scope)
            && (tenant.isEmpty() || tenant.get().equals(of))
            && !isAnonymous();
  }
}
