package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.WindowSpan;
import java.io.IOException;

/** The {@code start} and {@code end} of a window, among fields that others may know. */
public final class SpanFields {
  private long start;
  private long end;

  /** Takes one of its fields; false where it is none. */
  public boolean take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "start" -> start = Json.wholeNumber(field, in);
      case "end" -> end = Json.wholeNumber(field, in);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The window. */
  public WindowSpan span() {
    return new WindowSpan(start, end);
  }

  WindowSpan read(String what, JsonParser in) throws IOException {
    Json.readFields(
        what,
        in,
        (field, value) -> {
          if (!take(field, value)) {
            value.skipChildren();
          }
        });
    return span();
  }
}
