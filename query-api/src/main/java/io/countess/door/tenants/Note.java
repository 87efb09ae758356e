package io.countess.door.tenants;

import io.countess.answer.JournalPage;
import io.countess.event.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a counter's journal keeps of an operation besides its numbers.
 *
 * @param kind in counter-api's words
 * @param operation its id
 * @param actor who did it; empty for whoever shows no key
 * @param request the id of the request
 */
record Note(String kind, String operation, String actor, String request) {
  static final String INITIAL = "initial_value";
  static final String INCREMENT = "increment";
  static final String SET = "set_adjustment";

  String text() {
    byte[] json =
        Json.object(
            out -> {
              out.writeStringField("kind", kind);
              out.writeStringField("operation", operation);
              out.writeStringField("actor", actor);
              out.writeStringField("request", request);
            });
    return new String(json, StandardCharsets.UTF_8);
  }

  /** That of an operation. Somebody else's change is a set of whoever that was. */
  static Note of(JournalPage.Entry entry) {
    return entry
        .note()
        .flatMap(Note::read)
        .orElseGet(() -> new Note(SET, entry.id().orElse(entry.place().toString()), "", ""));
  }

  private static Optional<Note> read(String text) {
    try {
      JsonBody body = JsonBody.read(text.getBytes(StandardCharsets.UTF_8));
      return body.text("operation").map(operation -> of(body, operation));
    } catch (ApiException another) {
      return Optional.empty();
    }
  }

  private static Note of(JsonBody body, String operation) {
    return new Note(
        body.text("kind").orElse(SET),
        operation,
        body.text("actor").orElse(""),
        body.text("request").orElse(""));
  }
}
