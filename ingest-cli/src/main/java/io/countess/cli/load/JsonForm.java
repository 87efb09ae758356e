package io.countess.cli.load;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Lines of JSON objects in which pointers (RFC 6901) say where the fields stand. */
final class JsonForm implements LineForm {
  private final Map<EventField, JsonPointer> pointers = new EnumMap<>(EventField.class);
  private final PutFields puts;

  /**
   * @param places pointers, or names of fields of the object itself
   */
  JsonForm(Map<EventField, String> places, PutFields puts) {
    places.forEach((field, place) -> pointers.put(field, pointer(place)));
    this.puts = puts;
  }

  private static JsonPointer pointer(String place) {
    return place.startsWith("/")
        ? JsonPointer.compile(place)
        : JsonPointer.empty().appendProperty(place);
  }

  @Override
  public Optional<EventLine> read(byte[] line) {
    Map<EventField, String> found = Json.read(line, this::texts);
    return puts.put(found::get);
  }

  private Map<EventField, String> texts(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidInputException("line", "must be a JSON object");
    }
    var texts = new EnumMap<EventField, String>(EventField.class);
    int depth = 1;
    while (depth > 0) {
      JsonToken token = in.nextToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        take(in, texts);
      }
    }
    return texts;
  }

  private void take(JsonParser in, Map<EventField, String> texts) throws IOException {
    JsonPointer here = in.getParsingContext().pathAsPointer();
    for (Map.Entry<EventField, JsonPointer> entry : pointers.entrySet()) {
      if (entry.getValue().equals(here)) {
        texts.put(entry.getKey(), in.getText());
      }
    }
  }
}
