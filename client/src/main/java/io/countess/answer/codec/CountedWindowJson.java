package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.CountedWindow;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.Json;
import io.countess.event.codec.SpanFields;
import java.io.IOException;
import java.util.Optional;

/**
 * Windows as JSON: {@code name}, {@code start}, {@code end} in milliseconds, and {@code ended}. In
 * answers it stands under {@code window}.
 */
public final class CountedWindowJson implements Fields<CountedWindow> {
  private final SpanFields span = new SpanFields();
  private String name = "";
  private boolean ended;

  /** Writes the fields of a window into an object that has been opened. */
  public static void write(CountedWindow window, JsonGenerator out) throws IOException {
    out.writeStringField("name", window.name());
    DecisionCodec.writeSpan(window.span(), out);
    out.writeBooleanField("ended", window.ended());
  }

  /** Writes {@code window}, if there is one. */
  static void writeIfPresent(Optional<CountedWindow> window, JsonGenerator out) throws IOException {
    if (window.isPresent()) {
      out.writeObjectFieldStart("window");
      write(window.get(), out);
      out.writeEndObject();
    }
  }

  static Optional<CountedWindow> read(JsonParser in) throws IOException {
    return Optional.of(Fields.read("window", in, new CountedWindowJson()));
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "name" -> name = Json.text(field, in);
      case "ended" -> ended = in.currentToken() == JsonToken.VALUE_TRUE;
      default -> {
        if (!span.take(field, in)) {
          in.skipChildren();
        }
      }
    }
  }

  @Override
  public CountedWindow value() {
    return new CountedWindow(name, span.span(), ended);
  }
}
