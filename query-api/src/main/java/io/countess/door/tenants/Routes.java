package io.countess.door.tenants;

import io.countess.event.CounterName;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Leads what may be asked to what answers it. */
final class Routes {
  private static final int USUAL_COUNTERS = 20;
  private static final int USUAL_OPERATIONS = 50;

  private final Names names;
  private final Tenants tenants;
  private final Counters counters;
  private final Operations operations;
  private final Credentials credentials;

  Routes(Ports ports, Ready ready, Credentials credentials, Meters meters) {
    names = ports.names();
    tenants = new Tenants(ports, ready);
    counters = new Counters(ports, ready, tenants);
    operations = new Operations(ports, counters, meters);
    this.credentials = credentials;
  }

  /** What somebody who may asks for. */
  record Asked(Incoming in, Endpoint.Match match, Principal principal) {
    String tenant() {
      return GoUuid.parse(match.tenant())
          .orElseThrow(() -> ApiException.uuid("Invalid tenant ID format"));
    }

    String counter() {
      return id("Invalid counter ID format");
    }

    String credential() {
      return id("Invalid credential ID format");
    }

    private String id(String otherwise) {
      return GoUuid.parse(match.id()).orElseThrow(() -> ApiException.uuid(otherwise));
    }

    Signature signature() {
      return new Signature(tenant(), principal, in.id());
    }
  }

  /**
   * Answers.
   *
   * @throws ApiException where the request breaks a rule
   */
  CompletionStage<ApiReply> answer(Asked asked) {
    Incoming in = asked.in();
    return switch (asked.match().endpoint()) {
      case CREATE_TENANT -> tenants.create(in.json());
      case READ_TENANT -> tenants.read(asked.tenant());
      case LIST -> list(asked);
      case CREATE -> create(asked);
      case READ, READ_V2 -> counters.read(asked.tenant(), asked.counter());
      case INCREMENT -> increment(asked, false);
      case INCREMENT_V2 -> increment(asked, true);
      case SET -> set(asked, false);
      case SET_V2 -> set(asked, true);
      case OPERATIONS -> history(asked);
      case ISSUE -> issue(asked);
      case ROTATE -> credentials.rotate(asked.tenant(), asked.credential());
      case REVOKE -> credentials.revoke(asked.tenant(), asked.credential());
      case ISSUE_ADMIN -> credentials.issue(Optional.empty(), in.jsonIfAny());
      case DOCS, LIVEZ, READYZ, METRICS -> throw new IllegalStateException("it is no resource");
    };
  }

  private CompletionStage<ApiReply> list(Asked asked) {
    String tenant = asked.tenant();
    Query query = asked.in().query();
    return counters.list(tenant, query.limit(USUAL_COUNTERS), query.value("cursor"));
  }

  private CompletionStage<ApiReply> create(Asked asked) {
    String tenant = asked.tenant();
    return counters.create(tenant, asked.in().json(), asked.signature());
  }

  private CompletionStage<ApiReply> increment(Asked asked, boolean needsKey) {
    Function<Optional<String>, Operations.Target> target = target(asked);
    long delta = asked.in().query().delta();
    return operations.increment(target.apply(key(asked.in(), needsKey)), delta);
  }

  private CompletionStage<ApiReply> set(Asked asked, boolean needsKey) {
    Function<Optional<String>, Operations.Target> target = target(asked);
    long given =
        asked
            .in()
            .json()
            .whole("value")
            .orElseThrow(() -> ApiException.parameter("value is required"));
    long value = Counter.value(given);
    return operations.set(target.apply(key(asked.in(), needsKey)), value);
  }

  /** The names are looked at first, and the key last. */
  private Function<Optional<String>, Operations.Target> target(Asked asked) {
    CounterName counter = names.counter(asked.tenant(), asked.counter());
    return key -> new Operations.Target(counter, asked.match().id(), key, asked.signature());
  }

  private static Optional<String> key(Incoming in, boolean isNeeded) {
    String given = in.header("Idempotency-Key");
    if (given.isEmpty()) {
      if (isNeeded) {
        throw new ApiException(
            ApiReply.error(400, "IDEMPOTENCY_KEY_REQUIRED", "idempotency key is required"));
      }
      return Optional.empty();
    }
    Optional<String> key = GoUuid.parse(given);
    if (key.isEmpty()) {
      throw new ApiException(
          ApiReply.error(400, "INVALID_IDEMPOTENCY_KEY", "idempotency key must be a UUID"));
    }
    return key;
  }

  private CompletionStage<ApiReply> history(Asked asked) {
    CounterName counter = names.counter(asked.tenant(), asked.counter());
    Query query = asked.in().query();
    int limit = query.limit(USUAL_OPERATIONS);
    return operations.list(counter, asked.match().id(), limit, query.value("cursor"));
  }

  private CompletionStage<ApiReply> issue(Asked asked) {
    String tenant = asked.tenant();
    JsonBody body = asked.in().jsonIfAny();
    return Asking.found(
        tenants.find(tenant),
        ApiReply.NO_TENANT,
        found -> credentials.issue(Optional.of(tenant), body));
  }
}
