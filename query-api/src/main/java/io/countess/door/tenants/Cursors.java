package io.countess.door.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.event.codec.Json;
import java.util.Base64;
import java.util.Optional;

/** Where a page ends and the next one starts, in counter-api's form. */
final class Cursors {
  private static final int MOST = 512;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Cursors() {}

  /** After a counter. */
  static String ofCounter(String id, long createdMillis) {
    return encode(
        out -> {
          out.writeStringField("created_at", GoTime.format(createdMillis));
          out.writeStringField("id", id);
        });
  }

  /** The counter that a page starts after. */
  static String counter(String cursor) {
    JsonBody body = decode(cursor).orElseThrow(() -> ApiException.cursor("Invalid cursor format"));
    if (body.text("created_at").flatMap(GoTime::parse).isEmpty()) {
      throw ApiException.cursor("Invalid cursor timestamp");
    }
    return body.text("id")
        .flatMap(GoUuid::parse)
        .orElseThrow(() -> ApiException.cursor("Invalid cursor format"));
  }

  /**
   * After an operation.
   *
   * @param place in the counter's journal
   */
  static String ofOperation(String id, long createdMillis, String place) {
    return encode(
        out -> {
          out.writeStringField("created_at", GoTime.format(createdMillis));
          out.writeStringField("operation_id", id);
          out.writeStringField("place", place);
        });
  }

  /** The place in a journal that a page starts after. */
  static String operation(String cursor) {
    if (cursor.length() > MOST) {
      throw ApiException.cursor("cursor is too large");
    }
    JsonBody body = decode(cursor).orElseThrow(() -> ApiException.cursor("cursor is malformed"));
    if (body.text("created_at").flatMap(GoTime::parse).isEmpty()) {
      throw ApiException.cursor("cursor timestamp is malformed");
    } else if (body.text("operation_id").orElse("").isEmpty()) {
      throw ApiException.cursor("cursor operation ID is malformed");
    }
    return body.text("place").orElseThrow(() -> ApiException.cursor("cursor is malformed"));
  }

  private static String encode(Json.Writer fields) {
    return BASE64.encodeToString(Json.object(fields));
  }

  private static Optional<JsonBody> decode(String cursor) {
    try {
      return Optional.of(JsonBody.read(Base64.getUrlDecoder().decode(cursor.getBytes(UTF_8))));
    } catch (ApiException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
