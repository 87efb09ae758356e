package io.countess.door.tenants;

import io.countess.door.http.Percent;
import io.countess.event.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be asked for, at which paths, and by whom. */
enum Endpoint {
  DOCS("GET", Needs.nothing(), "/"),
  LIVEZ("GET", Needs.nothing(), "/livez"),
  READYZ("GET", Needs.nothing(), "/readyz"),
  METRICS("GET", Needs.admin(), "/metrics"),
  CREATE_TENANT("POST", Needs.admin(), "/tenants"),
  READ_TENANT("GET", Needs.nothing(), "/tenants/:tenant"),
  LIST("GET", Needs.of(Scope.COUNTER_READ), "/tenants/:tenant/counters"),
  /** Also at the path of counter-api's earlier versions, as the others without counters in it. */
  CREATE("POST", Needs.of(Scope.COUNTER_CREATE), "/tenants/:tenant/counters", "/tenants/:tenant"),
  READ("GET", Needs.nothing(), "/tenants/:tenant/counters/:id", "/tenants/:tenant/:id"),
  INCREMENT(
      "POST", Needs.nothing(), "/tenants/:tenant/counters/:id/inc", "/tenants/:tenant/:id/inc"),
  SET(
      "POST",
      Needs.of(Scope.COUNTER_ADJUST),
      "/tenants/:tenant/counters/:id/set",
      "/tenants/:tenant/:id/set"),
  READ_V2("GET", Needs.of(Scope.COUNTER_READ), "/v2/tenants/:tenant/counters/:id"),
  INCREMENT_V2("POST", Needs.of(Scope.COUNTER_INCREMENT), "/v2/tenants/:tenant/counters/:id/inc"),
  SET_V2("POST", Needs.of(Scope.COUNTER_ADJUST), "/v2/tenants/:tenant/counters/:id/set"),
  OPERATIONS("GET", Needs.of(Scope.COUNTER_HISTORY), "/v2/tenants/:tenant/counters/:id/operations"),
  ISSUE("POST", Needs.admin(), "/v2/tenants/:tenant/credentials"),
  ROTATE("POST", Needs.admin(), "/v2/tenants/:tenant/credentials/:id/rotate"),
  REVOKE("POST", Needs.admin(), "/v2/tenants/:tenant/credentials/:id/revoke"),
  ISSUE_ADMIN("POST", Needs.admin(), "/v2/admin/credentials");

  private static final String TENANT = ":tenant";
  private static final String ID = ":id";

  private final String method;
  private final Needs needs;
  private final String template;

  /** Each path, by the parts between its slashes. */
  private final List<List<String>> paths;

  Endpoint(String method, Needs needs, String... paths) {
    this.method = method;
    this.needs = needs;
    this.template = paths[0].replace(TENANT, ID);
    this.paths = Arrays.stream(paths).map(Endpoint::segments).toList();
  }

  /**
   * Who may ask.
   *
   * @param scope that lets a tenant's own credential in; empty where none does
   */
  private record Needs(boolean anything, Optional<Scope> scope) {
    static Needs nothing() {
      return new Needs(false, Optional.empty());
    }

    static Needs admin() {
      return new Needs(true, Optional.empty());
    }

    static Needs of(Scope scope) {
      return new Needs(true, Optional.of(scope));
    }
  }

  /**
   * An endpoint with what stands in its path.
   *
   * @param tenant as it stands there; empty where there is none, as the id
   */
  record Match(Endpoint endpoint, String tenant, String id) {
    boolean isOpen() {
      return !endpoint.needs.anything();
    }

    boolean allows(Principal principal) {
      return isOpen()
          || principal.admin()
          || endpoint.needs.scope().filter(scope -> principal.may(scope, tenant)).isPresent();
    }
  }

  /** What a method at a path asks for; empty where that is nothing. */
  static Optional<Match> find(String method, String path) {
    List<String> given = segments(path);
    for (Endpoint endpoint : values()) {
      if (!endpoint.method.equals(method)) {
        continue;
      }
      for (List<String> parts : endpoint.paths) {
        Optional<Match> match = endpoint.match(parts, given);
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  private Optional<Match> match(List<String> template, List<String> given) {
    if (template.size() != given.size()) {
      return Optional.empty();
    }
    var found = new ArrayList<>(List.of("", ""));
    for (int i = 0; i < given.size(); i++) {
      String part = template.get(i);
      if (part.equals(TENANT) || part.equals(ID)) {
        found.set(part.equals(TENANT) ? 0 : 1, decode(given.get(i)));
      } else if (!part.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(this, found.get(0), found.get(1)));
  }

  private static String decode(String segment) {
    try {
      return Percent.decodeText("path", segment);
    } catch (InvalidInputException malformed) {
      return segment;
    }
  }

  /** Its path as it stands in meters. */
  String template() {
    return template;
  }

  /** The word for it in the meters of all doors. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its path is asked by what watches over the service. */
  boolean isProbe() {
    return this == LIVEZ || this == READYZ || this == METRICS;
  }
}
