package io.countess.door.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.Access;
import io.countess.door.ApiKeys;
import io.countess.door.Caller;
import io.countess.door.Told;
import io.countess.event.ByteString;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Who shows a key: the admin key of the door, one that it gave out, or one of the house. Those of
 * the house with the scope {@code admin} for the door's namespace may everything; others read and
 * change the counters of every tenant, as far as their scopes say.
 */
final class Authentication {
  private static final String ADMIN = "legacy-env-admin";
  private static final Set<Scope> READS =
      EnumSet.of(Scope.TENANT_READ, Scope.COUNTER_READ, Scope.COUNTER_HISTORY);
  private static final Set<Scope> WRITES =
      EnumSet.of(Scope.COUNTER_INCREMENT, Scope.COUNTER_ADJUST);

  private final Optional<String> adminKey;
  private final ApiKeys house;
  private final ByteString namespace;
  private final Credentials credentials;

  Authentication(
      Optional<String> adminKey, ApiKeys house, ByteString namespace, Credentials credentials) {
    this.adminKey = adminKey;
    this.house = house;
    this.namespace = namespace;
    this.credentials = credentials;
  }

  /** Whose key this is; empty where it is nobody's. */
  CompletionStage<Told<Optional<Principal>>> holder(String key) {
    if (adminKey.isPresent()
        && MessageDigest.isEqual(adminKey.get().getBytes(UTF_8), key.getBytes(UTF_8))) {
      return Told.of(Optional.of(Principal.admin(ADMIN))).now();
    }
    Optional<Caller> caller = house.find(key);
    return caller.isPresent()
        ? Told.of(Optional.of(ofHouse(caller.get()))).now()
        : credentials.holder(key);
  }

  private Principal ofHouse(Caller caller) {
    if (may(caller, Access.ADMIN)) {
      return Principal.admin(caller.name());
    }
    var scopes = EnumSet.noneOf(Scope.class);
    if (may(caller, Access.READ)) {
      scopes.addAll(READS);
    }
    if (may(caller, Access.WRITE)) {
      scopes.addAll(WRITES);
    }
    return Principal.limited(caller.name(), scopes, Optional.empty());
  }

  private boolean may(Caller caller, Access access) {
    return caller.may(access)
        && caller.grants().get(access).map(patterns -> patterns.cover(namespace)).orElse(true);
  }
}
