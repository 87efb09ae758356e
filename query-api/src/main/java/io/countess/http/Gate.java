package io.countess.http;

import io.countess.event.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Lets through whoever may pass: everyone where no keys are set, else those with the right key. */
final class Gate {
  private static final String SCHEME = "Bearer ";

  private final ApiKeys keys;

  /**
   * @throws InvalidInputException where everyone beyond this machine would be let in, and nobody
   *     said that this is meant
   */
  Gate(HttpConfig config) {
    this.keys = new ApiKeys(config.apiKeys(), config.apiKey());
    if (keys.isEmpty() && !config.insecure() && !isLoopback(config.bind())) {
      throw new InvalidInputException(
          "bind",
          "is %s, where others can reach it: give --api-keys FILE, or --insecure to let everyone in"
              .formatted(config.bind()));
    }
  }

  /**
   * Who sends this request.
   *
   * @throws ProblemException where the caller may not use {@code route}
   */
  Caller admit(HttpServletRequest request, Route route) {
    if (keys.isEmpty()) {
      requireOwnSite(request, route);
      return Caller.ANYONE;
    } else if (route.access() == Access.OPEN) {
      return Caller.NOBODY;
    }
    Caller caller = caller(request.getHeader("Authorization"));
    if (!caller.may(route.access())) {
      String scope = route.access().scope();
      throw challenge(
          ProblemType.FORBIDDEN,
          "the key of %s has not the scope %s".formatted(caller.name(), scope),
          "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }
    return caller;
  }

  /**
   * Checks that what this instance shows the others is a key that they take, given that all of them
   * take the same.
   *
   * @throws InvalidInputException where it is not
   */
  void requirePeer(Optional<String> key) {
    if (keys.isEmpty()) {
      return;
    }
    String shown =
        key.orElseThrow(
            () ->
                new InvalidInputException(
                    "peer-key",
                    "is missing: the other instances ask for a key. Give one with the scope admin"
                        + " that all of them know"));
    Caller caller =
        keys.find(shown)
            .orElseThrow(() -> new InvalidInputException("peer-key", "is not one of the API keys"));
    if (!caller.may(Access.ADMIN)) {
      throw new InvalidInputException(
          "peer-key", "is that of " + caller.name() + ", which has not the scope admin");
    }
  }

  private Caller caller(String authorization) {
    if (authorization == null) {
      throw challenge(
          ProblemType.UNAUTHORIZED, "send a key as Authorization: Bearer KEY", "Bearer");
    }
    return bearer(authorization)
        .flatMap(keys::find)
        .orElseThrow(
            () ->
                challenge(
                    ProblemType.UNAUTHORIZED,
                    "this is no key that is known here",
                    "Bearer error=\"invalid_token\""));
  }

  private static Optional<String> bearer(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /** Without keys, a page of some other site must not make its reader's browser write here. */
  private static void requireOwnSite(HttpServletRequest request, Route route) {
    if (route.access() != Access.OPEN
        && route.access() != Access.READ
        && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      throw new ProblemException(
          Problem.of(ProblemType.FORBIDDEN, "a page of another site may not ask for this"));
    }
  }

  private static ProblemException challenge(ProblemType type, String detail, String challenge) {
    Reply reply = Problem.of(type, detail).reply().with("WWW-Authenticate", challenge);
    return new ProblemException(detail, reply);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new InvalidInputException("bind", "is " + host + ", which is no address here");
    }
  }
}
