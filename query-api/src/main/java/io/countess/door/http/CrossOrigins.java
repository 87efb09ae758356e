package io.countess.door.http;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/**
 * Tells browsers which pages of other origins may call (the fetch standard's CORS). It stands in
 * front of everything, keys too, since a browser asks without one. What a page may then do, its
 * request's key says.
 */
final class CrossOrigins {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "Authorization",
          "Content-Type",
          "Content-Encoding",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          Reply.POSITION_HEADER);

  private static final Set<String> REPLY_HEADERS =
      Set.of(
          Reply.POSITION_HEADER,
          Reply.BEHIND_HEADER,
          "ETag",
          "RateLimit",
          "RateLimit-Policy",
          "Retry-After",
          "WWW-Authenticate");

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private CrossOrigins() {}

  /** {@code next}, with what browsers want to know around it. */
  static Handler around(Handler next, CorsOrigins allowed) {
    if (allowed.isEmpty()) {
      return next;
    }
    var handler = new CrossOriginHandler();
    handler.setAllowedOriginPatterns(
        allowed.isAny()
            ? Set.of("*")
            : allowed.origins().stream().map(Pattern::quote).collect(Collectors.toSet()));
    handler.setAllowCredentials(!allowed.isAny());
    handler.setAllowedMethods(METHODS);
    handler.setAllowedHeaders(REQUEST_HEADERS);
    handler.setExposedHeaders(REPLY_HEADERS);
    handler.setPreflightMaxAge(REMEMBERED);
    handler.setHandler(next);
    return handler;
  }
}
