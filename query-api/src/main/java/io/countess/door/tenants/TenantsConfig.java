package io.countess.door.tenants;

import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the door for clients of counter-api is served.
 *
 * @param bind the address to listen on
 * @param port 0 for any free one
 * @param namespace of tenants, counters and credentials; requests are counted in two beside it
 * @param adminKey that may everything, besides the API keys of the house with the scope admin
 * @param limit of one caller's requests; empty for none
 * @param idempotency how long keys of requests are remembered
 * @param history how long a counter keeps its operations
 * @param origins whose pages may call from a browser
 * @param accessLog where each request is written down; empty for nowhere
 */
public record TenantsConfig(
    String bind,
    int port,
    ByteString namespace,
    Optional<String> adminKey,
    Optional<RequestLimit> limit,
    Duration idempotency,
    Duration history,
    Origins origins,
    Optional<Path> accessLog) {
  /** Counter-api's own port is that of the API here. */
  public static final int PORT = 8090;

  /** The namespace, unless it is set. */
  public static final String NAMESPACE = "tenants";

  /** As long as ids can be remembered. */
  public static final Duration IDEMPOTENCY = Terms.MAX_DEDUPE;

  /** As long as journals can be. */
  public static final Duration HISTORY = Terms.MAX_JOURNAL;

  /** How short the admin key may be, in characters. */
  public static final int SHORTEST_KEY = 16;

  /** Leaves room for what stands behind it in the names of the two beside it. */
  private static final int LONGEST_NAMESPACE = 56;

  /** Checks all of it. */
  public TenantsConfig {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("tenants-port", "is " + port + "; it must be 0 to 65535");
    }
    requireNamespace(namespace);
    if (adminKey.isPresent() && adminKey.get().length() < SHORTEST_KEY) {
      throw new InvalidInputException(
          "tenants-admin-key",
          "is too short; it must have at least " + SHORTEST_KEY + " characters");
    }
    requireBetween("tenants-idempotency", idempotency, Terms.MIN_DEDUPE, Terms.MAX_DEDUPE);
    requireBetween("tenants-history", history, Terms.MIN_JOURNAL, Terms.MAX_JOURNAL);
  }

  /** As counter-api is by default, without an admin key. */
  public static TenantsConfig on(String bind, int port) {
    return new TenantsConfig(
        bind,
        port,
        ByteString.utf8(NAMESPACE),
        Optional.empty(),
        Optional.of(RequestLimit.DEFAULT),
        IDEMPOTENCY,
        HISTORY,
        Origins.ANY,
        Optional.empty());
  }

  private static void requireNamespace(ByteString namespace) {
    try {
      var unused = new CounterName(namespace, ByteString.EMPTY);
    } catch (InvalidInputException broken) {
      throw new InvalidInputException("tenants-namespace", broken.rule());
    }
    if (namespace.size() == 0 || namespace.size() > LONGEST_NAMESPACE) {
      throw new InvalidInputException(
          "tenants-namespace", "takes %d bytes; it must take 1 to 56".formatted(namespace.size()));
    }
  }

  private static void requireBetween(String field, Duration given, Duration least, Duration most) {
    if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
      throw new InvalidInputException(
          field,
          "is %s; it must be from %s to %s"
              .formatted(Durations.show(given), Durations.format(least), Durations.format(most)));
    }
  }

  /**
   * Checks that nobody beyond this machine finds a door that has no key.
   *
   * @throws InvalidInputException where it is so, and nobody said that this is meant
   */
  void requireGuard(KeysConfig keys) {
    if (!asks(keys) && !keys.insecure() && !isLoopback()) {
      throw new InvalidInputException(
          "tenants-bind",
          "is %s, where others can reach it: give --tenants-admin-key-file FILE or --api-keys FILE, or --insecure to let everyone in"
              .formatted(bind));
    }
  }

  /** Whether whoever wants to do more than anyone may has to show a key. */
  public boolean asks(KeysConfig keys) {
    return adminKey.isPresent() || keys.asks();
  }

  boolean isLoopback() {
    return KeysConfig.isLoopback("tenants-bind", bind);
  }
}
