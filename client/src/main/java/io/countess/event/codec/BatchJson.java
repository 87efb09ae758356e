package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The fields that only batches have: {@code
 * "events":[{"namespace":"a","key":"{t}x","op":"put","n":2},…]}, {@code "together":true} and {@code
 * "note":"…"}. Each event has its counter as those of a claim, and the fields of its op.
 */
final class BatchJson {
  static final Set<String> FIELDS = Set.of("events", "together", "note");

  private static final Set<String> FIELDS_OF_PARTS = fieldsOfParts();
  private static final String NAMES =
      NameFields.NAMES
          + ", op, n, ttl, policy, value, if, add, "
          + "to, min, max, saturate, expires, expiresAt and expiresIf";

  private List<Part> events;
  private boolean together;
  private Optional<String> note = Optional.empty();

  private static Set<String> fieldsOfParts() {
    var all = new HashSet<>(Set.of("op"));
    for (String op : List.of("put", "set", "write", "reset")) {
      all.addAll(EventFields.namesFor(op));
    }
    all.remove("id");
    return all;
  }

  void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "events" -> events = readEvents(in);
      case "together" -> together = Json.isTrue(field, in);
      case "note" -> note = Optional.of(Json.text(field, in));
      default -> throw new IllegalStateException(field);
    }
  }

  /** The batch that has these fields. */
  Batch event(Supplier<Optional<ByteString>> surrounding, Optional<String> id) {
    if (events == null) {
      throw new InvalidInputException("events", "is missing; a batch needs them");
    }
    var parts = new ArrayList<Batch.Part>();
    for (Part part : events) {
      parts.add(part.read(surrounding));
    }
    return new Batch(parts, together, id, note);
  }

  /** One event as it is read. */
  private static final class Part {
    private final String path;
    private final NameFields names = new NameFields("");
    private final EventFields event = new EventFields();

    Part(int index) {
      path = "events[" + index + "]";
    }

    void take(String field, JsonParser in) throws IOException {
      try {
        if (!names.take(field, in) && !(FIELDS_OF_PARTS.contains(field) && event.take(field, in))) {
          throw Json.unknownField(field, NAMES);
        }
      } catch (InvalidInputException invalid) {
        throw invalid.within(path);
      }
    }

    Batch.Part read(Supplier<Optional<ByteString>> surrounding) {
      try {
        return new Batch.Part(names.counter(surrounding), event.event(surrounding));
      } catch (InvalidInputException invalid) {
        throw invalid.within(path);
      }
    }
  }

  private static List<Part> readEvents(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new InvalidInputException("events", "must be an array of objects");
    }
    var events = new ArrayList<Part>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      var part = new Part(events.size());
      Json.readFields(part.path, in, part::take);
      events.add(part);
    }
    return events;
  }

  /** Writes the fields beside the op and the id into an object that is open. */
  static void write(Batch batch, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("events");
    for (Batch.Part part : batch.parts()) {
      out.writeStartObject();
      Names.write("namespace", part.counter().namespace(), out);
      Names.write("key", part.counter().key(), out);
      EventJson.write(part.event(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    Json.writeIfTrue(out, "together", batch.together());
    Json.writeIfPresent(out, "note", batch.note());
  }
}
