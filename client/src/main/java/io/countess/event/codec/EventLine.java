package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * One line of NDJSON: an event, the counter that it is about, and when it happened. {@code
 * {"namespace":"logins","key":"alice","n":2,"at":1700000000000}}; {@code at} may be ISO-8601 too;
 * names that are not text stand in {@code namespaceBase64} and {@code keyBase64}.
 *
 * @param atMillis milliseconds since the epoch, at least 0; empty means now
 */
public record EventLine(CounterName counter, Event event, OptionalLong atMillis) {
  /** Checks the instant. */
  public EventLine {
    if (atMillis.isPresent() && atMillis.getAsLong() < 0) {
      throw new InvalidInputException(
          "at", "is " + atMillis.getAsLong() + "; it must not be negative");
    }
  }

  /**
   * Reads a line.
   *
   * @throws InvalidInputException naming the field and the rule that it breaks
   */
  public static EventLine decode(byte[] line) {
    return Json.read(line, EventLine::read);
  }

  /** Writes a line, without its line end. */
  public byte[] encode() {
    return Json.write(
        out -> {
          out.writeStartObject();
          Names.write("namespace", counter.namespace(), out);
          Names.write("key", counter.key(), out);
          EventCodec.writeFields(event, out);
          Json.writeIfPresent(out, "at", atMillis);
          out.writeEndObject();
        });
  }

  private static EventLine read(JsonParser in) throws IOException {
    var event = new EventCodec.EventFields();
    var line = new Fields();
    Json.readFields(
        "line",
        in,
        (field, at) -> {
          if (!line.take(field, at) && !event.take(field, at)) {
            throw Json.unknownField(
                field,
                "namespace, namespaceBase64, key, keyBase64, at, op, "
                    + EventCodec.EventFields.NAMES);
          }
        });
    return new EventLine(line.counter(), event.event(), line.atMillis);
  }

  private static final class Fields {
    private ByteString namespace;
    private ByteString key;
    private OptionalLong atMillis = OptionalLong.empty();

    boolean take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "namespace" -> namespace = only(field, namespace, utf8(field, in));
        case "namespaceBase64" -> namespace = only(field, namespace, base64(field, in));
        case "key" -> key = only(field, key, utf8(field, in));
        case "keyBase64" -> key = only(field, key, base64(field, in));
        case "at" -> atMillis = Json.instant(field, in);
        default -> {
          return false;
        }
      }
      return true;
    }

    CounterName counter() {
      if (namespace == null) {
        throw new InvalidInputException("namespace", "is missing");
      }
      if (key == null) {
        throw new InvalidInputException("key", "is missing");
      }
      return new CounterName(namespace, key);
    }

    private static ByteString only(String field, ByteString before, ByteString now) {
      if (before != null) {
        throw new InvalidInputException(field, "is given twice, as text and in Base64");
      }
      return now;
    }

    private static ByteString utf8(String field, JsonParser in) throws IOException {
      return ByteString.utf8(field, Json.text(field, in));
    }

    private static ByteString base64(String field, JsonParser in) throws IOException {
      try {
        return ByteString.of(Base64.getDecoder().decode(Json.text(field, in)));
      } catch (IllegalArgumentException malformed) {
        throw new InvalidInputException(field, "is not Base64");
      }
    }
  }
}
