package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of NDJSON: an event, its counter, and when it happened. {@code
 * {"namespace":"logins","key":"alice","n":2,"at":1700000000000}}; {@code at} may be ISO-8601 too;
 * names that are not text stand in {@code namespaceBase64} and {@code keyBase64}.
 *
 * <p>A claim names its counters itself: {@code {"op":"claim","counters":[{"namespace":"a",
 * "key":"{t}x"},…]}}. A {@code namespace} beside them is for those that have none, a {@code key}
 * must be that of the first. So does a batch.
 *
 * @param counter for a claim or a batch, its first
 * @param atMillis milliseconds since the epoch, at least 0; empty means now
 */
public record EventLine(CounterName counter, Event event, OptionalLong atMillis) {
  public EventLine {
    if (atMillis.isPresent() && atMillis.getAsLong() < 0) {
      throw new InvalidInputException(
          "at", "is " + atMillis.getAsLong() + "; it must not be negative");
    }
    if (event.first().isPresent() && !event.first().get().equals(counter)) {
      throw new InvalidInputException(
          "key", "is not that of the first counter of the " + EventJson.op(event));
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
    return Json.object(this::writeFields);
  }

  /** Writes the fields of a line into an object that has been opened. */
  public void writeFields(JsonGenerator out) throws IOException {
    if (event.first().isEmpty()) {
      Names.write("namespace", counter.namespace(), out);
      Names.write("key", counter.key(), out);
    }
    EventJson.write(event, out);
    Json.writeIfPresent(out, "at", atMillis);
  }

  /** Reads the line that the parser stands at. */
  public static EventLine read(JsonParser in) throws IOException {
    var fields = new Fields();
    Json.readFields("line", in, fields::take);
    return fields.line();
  }

  private static final class Fields {
    private final EventFields event = new EventFields();
    private final NameFields names = new NameFields("");
    private OptionalLong atMillis = OptionalLong.empty();

    void take(String field, JsonParser in) throws IOException {
      if (field.equals("at")) {
        atMillis = Json.instant(field, in);
      } else if (!names.take(field, in) && !event.take(field, in)) {
        throw Json.unknownField(field, NameFields.NAMES + ", at, op, " + EventFields.NAMES);
      }
    }

    EventLine line() {
      Event given = event.event(names::namespace);
      if (given.first().isEmpty()) {
        return new EventLine(names.counter(), given, atMillis);
      }
      CounterName first = given.first().get();
      var counter = names.hasKey() ? names.counter(() -> Optional.of(first.namespace())) : first;
      return new EventLine(counter, given, atMillis);
    }
  }
}
