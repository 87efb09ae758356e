package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.door.Access;
import io.countess.door.ApiKeys;
import io.countess.door.Caller;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Lets through whoever may pass: everyone where no keys are set, else those with the right key. */
public final class Gate {
  private static final String SCHEME = "Bearer ";

  private static final Pattern LOOPBACK_HOST =
      Pattern.compile(
          "(?i)(localhost\\.?|[a-z0-9.-]+\\.localhost\\.?|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?");

  private final ApiKeys keys;
  private final boolean onlyLoopback;
  private final CorsOrigins cors;

  /**
   * @param onlyLoopback whether all callers are of this machine
   */
  Gate(ApiKeys keys, boolean onlyLoopback, CorsOrigins cors) {
    this.keys = keys;
    this.onlyLoopback = onlyLoopback;
    this.cors = cors;
  }

  /**
   * Who sends this request.
   *
   * @throws ProblemException where the caller may not use {@code route}
   */
  Caller admit(Request request, Route route) {
    return admit(request, new Entry(route.access(), route.isOfTheWhole(), route.isInternal()));
  }

  /**
   * The same for a route of another door.
   *
   * @param ofTheWhole whether it is about the service as a whole
   * @throws ProblemException where the caller may not use it
   */
  public Caller admit(Request request, Access access, boolean ofTheWhole) {
    return admit(request, new Entry(access, ofTheWhole, false));
  }

  /** What of a route decides who may use it. */
  private record Entry(Access access, boolean isOfTheWhole, boolean isInternal) {}

  private Caller admit(Request request, Entry entry) {
    if (keys.isEmpty()) {
      requireOwnSite(request, entry);
      return Caller.ANYONE;
    } else if (entry.access() == Access.OPEN) {
      return Caller.NOBODY;
    }
    Caller caller = caller(Headers.only(request, "Authorization"));
    boolean may =
        entry.isOfTheWhole() ? caller.mayEverywhere(entry.access()) : caller.may(entry.access());
    if (!may) {
      var denial = caller.denial(entry.access(), List.of());
      throw new ProblemException(denial.sentence(), Replies.forbidden(denial));
    }
    return caller;
  }

  private Caller caller(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      throw challenge(
          ProblemType.UNAUTHORIZED, "send a key as Authorization: Bearer KEY", "Bearer");
    }
    return authorization
        .flatMap(Gate::bearer)
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

  /**
   * Without keys, a page of some other site must not make its reader's browser write here; nor read
   * here under a name of its own that it lets point to this machine (DNS rebinding).
   */
  private void requireOwnSite(Request request, Entry entry) {
    if (entry.access() == Access.OPEN) {
      return;
    }
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (onlyLoopback && host != null && !LOOPBACK_HOST.matcher(host).matches()) {
      throw foreign("the host " + host + " is not this one; --insecure or keys let it in");
    }
    boolean invited = isInvited(request) && !entry.isInternal();
    if (entry.access() != Access.READ && !invited && isOtherSite(request, host)) {
      throw foreign("a page of another site may not ask for this");
    }
  }

  private boolean isInvited(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    return origin != null && cors.allow(origin);
  }

  private static boolean isOtherSite(Request request, String host) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    return "cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))
        || origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
  }

  private static ProblemException foreign(String why) {
    return new ProblemException(Problem.of(ProblemType.FOREIGN, why));
  }

  private static ProblemException challenge(ProblemType type, String detail, String challenge) {
    Reply reply = Problem.of(type, detail).reply().with("WWW-Authenticate", challenge);
    return new ProblemException(detail, reply);
  }
}
