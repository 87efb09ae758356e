package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Events as the values of records: absent, empty, or a UTF-8 JSON object in which everything is
 * optional. {@code {"op":"put","n":2,"ttl":"30s"}}, {@code {"op":"set","value":5,"if":"absent"}},
 * {@code {"op":"reset"}}, {@code {"op":"policy","policy":{…},"onChange":"reset"}}, {@code
 * {"op":"defaults","policy":{…}}}, {@code {"op":"tick"}}.
 */
public final class EventCodec {
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "put", Set.of("n", "ttl"),
          "set", Set.of("value", "if"),
          "reset", Set.of(),
          "policy", Set.of("policy", "onChange"),
          "defaults", Set.of("policy", "onChange"),
          "tick", Set.of());

  private EventCodec() {}

  /**
   * Reads the value of a record.
   *
   * @param value null and empty mean one put of 1
   * @throws InvalidInputException naming the field and the rule that it breaks
   */
  public static Event decode(byte[] value) {
    return value == null || value.length == 0 ? Event.ONE : Json.read(value, EventCodec::read);
  }

  /** The shortest value that means {@code event}; empty for {@link Event#ONE}. */
  public static byte[] encode(Event event) {
    return Event.ONE.equals(event) ? new byte[0] : Json.write(out -> write(event, out));
  }

  private static Event read(JsonParser in) throws IOException {
    var given = new EventFields();
    Json.readFields(
        "value",
        in,
        (field, at) -> {
          if (!given.take(field, at)) {
            throw Json.unknownField(field, "op, " + EventFields.NAMES);
          }
        });
    return given.event();
  }

  private static void write(Event event, JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeFields(event, out);
    out.writeEndObject();
  }

  /** Writes the fields of an event into an object that has been opened. */
  public static void writeFields(Event event, JsonGenerator out) throws IOException {
    if (event instanceof Event.Put put) {
      if (put.n() != 1) {
        out.writeNumberField("n", put.n());
      }
      if (put.ttl().isPresent()) {
        out.writeStringField("ttl", Durations.format(put.ttl().get()));
      }
    } else if (event instanceof Event.SetValue set) {
      out.writeStringField("op", "set");
      out.writeNumberField("value", set.value());
      if (set.ifAbsent()) {
        out.writeStringField("if", "absent");
      }
    } else if (event instanceof Event.Reset) {
      out.writeStringField("op", "reset");
    } else if (event instanceof Event.ChangePolicy change) {
      writeChange("policy", change.policy(), change.onChange(), out);
    } else if (event instanceof Event.ChangeDefaults change) {
      writeChange("defaults", Optional.of(change.policy()), change.onChange(), out);
    } else if (event instanceof Event.Tick) {
      out.writeStringField("op", "tick");
    } else {
      throw new IllegalStateException("no JSON form for " + event);
    }
  }

  private static void writeChange(
      String op, Optional<Policy> policy, OnChange onChange, JsonGenerator out) throws IOException {
    out.writeStringField("op", op);
    out.writeFieldName("policy");
    if (policy.isPresent()) {
      PolicyCodec.write(policy.get(), out);
    } else {
      out.writeNull();
    }
    if (onChange == OnChange.RESET) {
      out.writeStringField("onChange", "reset");
    }
  }

  /**
   * Collects the fields of an event from an object that may hold other fields too, such as a line
   * of {@code POST /v1/events}.
   */
  static final class EventFields {
    static final String NAMES = "n, ttl, value, if, policy and onChange";

    private final Set<String> seen = new LinkedHashSet<>();
    private String op;
    private long n = 1;
    private Optional<Duration> ttl = Optional.empty();
    private OptionalLong value = OptionalLong.empty();
    private Optional<Policy> policy = Optional.empty();
    private OnChange onChange = OnChange.KEEP;

    /** A put, unless a field says otherwise. */
    EventFields() {
      this("put");
    }

    /** The op {@code op}, unless a field says otherwise. */
    EventFields(String op) {
      this.op = op;
    }

    /** The fields that an event of the op {@code op} may have. */
    static Set<String> namesFor(String op) {
      return FIELDS.get(op);
    }

    /**
     * Takes a field that the parser stands at.
     *
     * @return whether this is a field of events
     */
    boolean take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "op" -> op = Json.text(field, in);
        case "n" -> n = Json.wholeNumber(field, in);
        case "ttl" -> ttl = Optional.of(Durations.parse(field, Json.text(field, in)));
        case "value" -> value = OptionalLong.of(Json.wholeNumber(field, in));
        case "if" -> requireAbsent(Json.text(field, in));
        case "policy" -> policy = readPolicy(in);
        case "onChange" -> onChange = readOnChange(Json.text(field, in));
        default -> {
          return false;
        }
      }
      if (!field.equals("op")) {
        seen.add(field);
      }
      return true;
    }

    Event event() {
      Set<String> allowed = FIELDS.get(op);
      if (allowed == null) {
        throw new InvalidInputException(
            "op", "is '" + op + "'; it must be one of put, set, reset, policy and defaults");
      }
      for (String field : seen) {
        if (!allowed.contains(field)) {
          throw new InvalidInputException(field, "is not for the op " + op);
        }
      }
      return switch (op) {
        case "put" -> ttl.isEmpty() ? Event.Put.of(n) : new Event.Put(n, ttl);
        case "set" -> new Event.SetValue(required("value", value), seen.contains("if"));
        case "reset" -> new Event.Reset();
        case "policy" -> changePolicy();
        case "defaults" -> new Event.ChangeDefaults(requiredPolicy(), onChange);
        default -> new Event.Tick();
      };
    }

    private Event changePolicy() {
      if (!seen.contains("policy")) {
        throw new InvalidInputException(
            "policy", "is missing; null brings back the default policy");
      }
      return new Event.ChangePolicy(policy, onChange);
    }

    private Policy requiredPolicy() {
      return policy.orElseThrow(
          () -> new InvalidInputException("policy", "is missing; op defaults needs one"));
    }

    private static long required(String field, OptionalLong value) {
      return value.orElseThrow(() -> new InvalidInputException(field, "is missing; set needs it"));
    }

    private static Optional<Policy> readPolicy(JsonParser in) throws IOException {
      return in.currentToken() == JsonToken.VALUE_NULL
          ? Optional.empty()
          : Optional.of(PolicyCodec.read(in));
    }

    private static void requireAbsent(String text) {
      if (!text.equals("absent")) {
        throw new InvalidInputException("if", "is '" + text + "'; it can only be 'absent'");
      }
    }

    private static OnChange readOnChange(String text) {
      return switch (text) {
        case "keep" -> OnChange.KEEP;
        case "reset" -> OnChange.RESET;
        default ->
            throw new InvalidInputException(
                "onChange", "is '" + text + "'; it must be keep or reset");
      };
    }
  }
}
