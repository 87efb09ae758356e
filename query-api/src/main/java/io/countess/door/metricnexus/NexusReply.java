package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.Told;
import io.countess.door.http.RefusalForm;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalDouble;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What MetricNexus says: the one place where what a request led to becomes a status and a text.
 *
 * @param contentType empty for an answer without a body
 */
record NexusReply(int status, String contentType, byte[] body, Map<String, String> headers) {
  static final NexusReply OK = text(200, "OK");
  static final NexusReply CREATED = text(201, "Created");
  static final NexusReply DONE = new NexusReply(204, "", new byte[0], Map.of());
  static final NexusReply NOT_FOUND = text(404, "Not Found");
  static final NexusReply TOO_LARGE = text(413, "Request Entity Too Large");
  static final NexusReply NO_KEY = text(401, "missing or malformed API Key");
  static final NexusReply WRONG_KEY = text(401, "Invalid or expired API Key");

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  static NexusReply text(int status, String text) {
    return new NexusReply(status, TEXT, text.getBytes(UTF_8), Map.of());
  }

  /** The value of a metric, where there is one. */
  static NexusReply value(OptionalDouble value) {
    return value.isPresent() ? text(200, GoFloat.format(value.getAsDouble())) : NOT_FOUND;
  }

  static NexusReply scraped(String metrics) {
    return new NexusReply(200, PROMETHEUS, metrics.getBytes(UTF_8), Map.of());
  }

  /** There is something at that path, for other methods. */
  static NexusReply notAllowed(String methods) {
    return text(405, "Method Not Allowed").with("Allow", methods);
  }

  /** There is nothing at that path. */
  static NexusReply nowhere(String method, String path) {
    String shown =
        path.replace("&", "&amp;")
            .replace("'", "&#39;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&#34;");
    return text(404, "Cannot " + method + " " + shown);
  }

  /** What the HTTP server refuses by itself. Why is for nobody: the status is the text. */
  static RefusalForm.Said broken(int status, String why) {
    return new RefusalForm.Said(TEXT, HttpStatus.getMessage(status).getBytes(UTF_8));
  }

  /** Nothing was done, and later it may be. */
  static NexusReply soon(String why) {
    return text(503, why).with("Retry-After", "1");
  }

  /** What has gone wrong. */
  static NexusReply of(Told<?> told) {
    return switch (told.outcome()) {
      case REFUSED -> text(429, told.error());
      case INVALID -> text(400, told.error());
      case FORBIDDEN -> text(403, told.error());
      case UNAVAILABLE -> soon(told.error());
      case UNKNOWN -> text(504, told.error());
      case DONE, FAILED -> text(500, told.error());
    };
  }

  private NexusReply with(String header, String value) {
    return new NexusReply(status, contentType, body, Map.of(header, value));
  }

  void write(Response response, Callback callback) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    if (!contentType.isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
