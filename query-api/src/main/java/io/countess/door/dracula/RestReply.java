package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.Told;
import io.countess.door.http.ProblemException;
import io.countess.door.http.RefusalForm;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What Dracula's REST says: the one place where what a request led to becomes a status. */
record RestReply(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final String BAD = "Bad request";

  static RestReply json(int status, byte[] body) {
    return new RestReply(status, JSON, body, Map.of());
  }

  static RestReply bad(String details) {
    return json(400, GoJson.message(BAD, details));
  }

  static RestReply nowhere(String method, String path) {
    return json(404, GoJson.message("Route not matched", method + " " + path));
  }

  static RestReply notAllowed(String method, String path) {
    return json(405, GoJson.message("Method not allowed", method + " " + path));
  }

  /** Nothing was done, and later it may be. */
  static RestReply overloaded(String details) {
    return soon(GoJson.message("Service unavailable", details + "; nothing was done"));
  }

  /** As Go leads to a path without empty parts and dots. */
  static RestReply moved(String path, Request request) {
    String query = request.getHttpURI().getQuery();
    String location = GoPath.escape(path) + (query == null ? "" : "?" + query);
    String link = location.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String page =
        "<a href=\"%s\">Moved Permanently</a>.\n\n".formatted(link.replace("\"", "&#34;"));
    boolean isShown = request.getMethod().equals("GET");
    byte[] body = isShown ? page.getBytes(UTF_8) : new byte[0];
    return new RestReply(301, "text/html; charset=utf-8", body, Map.of("Location", location));
  }

  /** What whoever keeps the gate says. */
  static RestReply refused(ProblemException refused) {
    String message = refused.status() == 401 ? "Unauthorized" : "Forbidden";
    byte[] body = GoJson.message(message, refused.getMessage());
    var headers = refused.challenge().map(it -> Map.of("WWW-Authenticate", it)).orElse(Map.of());
    return new RestReply(refused.status(), JSON, body, headers);
  }

  /** What the HTTP server refuses by itself. */
  static RefusalForm.Said broken(int status, String why) {
    String message = status == 400 ? BAD : HttpStatus.getMessage(status);
    return new RefusalForm.Said(JSON, GoJson.message(message, why));
  }

  static <V> RestReply of(Told<V> told, Function<V, byte[]> body) {
    return switch (told.outcome()) {
      case DONE -> json(200, body.apply(told.value().orElseThrow()));
      case REFUSED -> json(429, GoJson.message("Too many requests", told.error()));
      case INVALID -> bad(told.error());
      case FORBIDDEN -> json(403, GoJson.message("Forbidden", told.error()));
      case UNAVAILABLE -> soon(GoJson.message("Service unavailable", told.error()));
      case UNKNOWN -> json(504, GoJson.message("Gateway timeout", told.error()));
      case FAILED -> json(500, GoJson.message("Internal server error", told.error()));
    };
  }

  private static RestReply soon(byte[] body) {
    return new RestReply(503, JSON, body, Map.of("Retry-After", "1"));
  }

  void write(Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    headers.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
