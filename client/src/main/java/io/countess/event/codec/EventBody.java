package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body of a request whose path names the op and the counter. It has the fields of that op, such
 * as {@code {"n":2,"ttl":"30s"}} for a put. For an op on counters it has {@code at}, the time of
 * the event. A claim and a batch have their counters in the body, each with its namespace.
 *
 * @param atMillis milliseconds since the epoch; empty means now
 */
public record EventBody(Event event, OptionalLong atMillis) {
  private static final EventBody ONE = new EventBody(Event.Put.ONE, OptionalLong.empty());

  /**
   * Reads a body; an empty one is an object without fields.
   *
   * @param op {@code put}, {@code set}, {@code write}, {@code reset}, {@code release}, {@code
   *     claim}, {@code batch}, {@code policy} or {@code defaults}
   * @throws InvalidInputException naming the field and the rule that it breaks
   */
  public static EventBody decode(String op, byte[] body) {
    if (body.length > 0) {
      return Json.read(body, in -> read(op, in));
    }
    return op.equals("put") ? ONE : new Fields(op).body();
  }

  public byte[] encode() {
    return Json.write(
        out -> {
          out.writeStartObject();
          EventJson.writeFields(event, out);
          Json.writeIfPresent(out, "at", atMillis);
          out.writeEndObject();
        });
  }

  private static EventBody read(String op, JsonParser in) throws IOException {
    var fields = new Fields(op);
    Json.readFields("body", in, fields::take);
    return fields.body();
  }

  private static final class Fields {
    private static final Set<String> TIMED =
        Set.of("put", "set", "write", "reset", "release", "claim", "batch");

    private final String op;
    private final EventFields event;
    private OptionalLong atMillis = OptionalLong.empty();

    Fields(String op) {
      this.op = op;
      this.event = new EventFields(op);
    }

    void take(String field, JsonParser in) throws IOException {
      if (field.equals("at") && TIMED.contains(op)) {
        atMillis = Json.instant(field, in);
      } else if (field.equals("op") || !event.take(field, in)) {
        throw Json.unknownField(field, names());
      }
    }

    EventBody body() {
      return new EventBody(event.event(Optional::empty), atMillis);
    }

    private String names() {
      var names = new TreeSet<>(EventFields.namesFor(op));
      if (TIMED.contains(op)) {
        names.add("at");
      }
      return String.join(", ", names);
    }
  }
}
