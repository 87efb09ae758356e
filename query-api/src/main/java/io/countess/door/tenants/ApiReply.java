package io.countess.door.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.DoorOutcome;
import io.countess.door.Told;
import io.countess.door.http.RefusalForm;
import io.countess.event.Decision;
import io.countess.event.codec.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What counter-api says: the one place where what a request led to becomes a status and a text.
 *
 * @param contentType empty for an answer without a body
 */
record ApiReply(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final Logger LOG = LoggerFactory.getLogger(ApiReply.class);
  private static final String JSON = "application/json";

  static final ApiReply NOWHERE = flat(404, "NOT_FOUND", "Endpoint not found");
  static final ApiReply TOO_LARGE = text(413, "Request body is too large");
  static final ApiReply NO_CONTENT = new ApiReply(204, "", new byte[0], Map.of());
  static final ApiReply UNAUTHORIZED = error(401, "UNAUTHORIZED", "Invalid or missing API key");
  static final ApiReply FORBIDDEN = error(403, "FORBIDDEN", "Insufficient permission");
  static final ApiReply NO_TENANT = error(404, "TENANT_NOT_FOUND", "Tenant not found");
  static final ApiReply NO_COUNTER = error(404, "COUNTER_NOT_FOUND", "Counter not found");
  static final ApiReply NO_CREDENTIAL = error(404, "CREDENTIAL_NOT_FOUND", "Credential not found");

  static ApiReply json(int status, Json.Writer fields) {
    return new ApiReply(status, JSON, Json.object(fields), Map.of());
  }

  static ApiReply text(int status, String text) {
    return new ApiReply(status, "text/plain; charset=utf-8", text.getBytes(UTF_8), Map.of());
  }

  /** An error in the shape that most have. */
  static ApiReply error(int status, String code, String message) {
    return json(
        status,
        out -> {
          out.writeArrayFieldStart("errors");
          out.writeStartObject();
          out.writeStringField("code", code);
          out.writeStringField("message", message);
          out.writeEndObject();
          out.writeEndArray();
        });
  }

  /** An error in the shape that an unknown route and the limit of requests have. */
  static ApiReply flat(int status, String error, String message) {
    return json(
        status,
        out -> {
          out.writeStringField("error", error);
          out.writeStringField("message", message);
        });
  }

  /** What the HTTP server refuses by itself. */
  static RefusalForm.Said broken(int status, String why) {
    ApiReply error = error(status, HttpStatus.getCode(status).name(), why);
    return new RefusalForm.Said(error.contentType, error.body);
  }

  /** Nothing was done, and later it may be. */
  static ApiReply soon(String message) {
    return error(503, "SERVICE_UNAVAILABLE", message).with("Retry-After", "1");
  }

  /** What has gone wrong. */
  static ApiReply failed(Told<?> told) {
    return switch (told.outcome()) {
      case REFUSED, INVALID -> error(400, "INVALID_PARAMETER", told.error());
      case FORBIDDEN -> error(403, "FORBIDDEN", told.error());
      case UNAVAILABLE -> soon("Counter service is temporarily unavailable");
      case UNKNOWN -> error(504, "SERVICE_UNAVAILABLE", told.error());
      case DONE, FAILED -> bug();
    };
  }

  /** What was decided in a way that no request asks for: the namespace is somebody else's. */
  static ApiReply undecided(Decision decision) {
    LOG.error("a change was not possible: {}", decision.reason().orElse("no reason"));
    return error(500, "DATABASE_ERROR", "Database error");
  }

  /** A fault of the server; its log has more. */
  static ApiReply bug() {
    return error(500, "INTERNAL_SERVER_ERROR", "Internal server error");
  }

  ApiReply with(String header, String value) {
    var all = new HashMap<>(headers);
    all.put(header, value);
    return new ApiReply(status, contentType, body, Map.copyOf(all));
  }

  CompletionStage<ApiReply> now() {
    return CompletableFuture.completedStage(this);
  }

  /** The word for it in the meters of all doors. */
  DoorOutcome outcome() {
    return switch (status) {
      case 401, 403 -> DoorOutcome.FORBIDDEN;
      case 429 -> DoorOutcome.REFUSED;
      case 500 -> DoorOutcome.FAILED;
      case 503 -> DoorOutcome.UNAVAILABLE;
      case 504 -> DoorOutcome.UNKNOWN;
      default -> status < 400 ? DoorOutcome.DONE : DoorOutcome.INVALID;
    };
  }
}
