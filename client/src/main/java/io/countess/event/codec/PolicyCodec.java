package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Rate;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Policies as JSON objects, for example {@code {"kind":"expiring","ttl":"60s","limit":5}}. */
public final class PolicyCodec {
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "expiring", Set.of("ttl", "limit"),
          "leaky", Set.of("rate", "capacity"),
          "total", Set.of("initial", "min", "max", "maxDelta", "limit"));

  private PolicyCodec() {}

  /**
   * Reads a policy.
   *
   * @throws InvalidInputException naming the field and the rule that it breaks
   */
  public static Policy decode(byte[] json) {
    return Json.read(json, PolicyCodec::read);
  }

  /** Writes a policy. */
  public static byte[] encode(Policy policy) {
    return Json.write(out -> write(policy, out));
  }

  /** Reads the policy that the parser stands at, as a part of a larger document. */
  public static Policy read(JsonParser in) throws IOException {
    var given = new Given();
    Json.readFields("policy", in, given::read);
    return given.policy();
  }

  /** Writes a policy as an object into a larger document. */
  public static void write(Policy policy, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("kind", policy.kind());
    if (policy instanceof Policy.Expiring expiring) {
      out.writeStringField("ttl", Durations.format(expiring.ttl()));
      Json.writeIfPresent(out, "limit", expiring.limit());
    } else if (policy instanceof Policy.Leaky leaky) {
      out.writeStringField("rate", leaky.rate().toString());
      Json.writeIfPresent(out, "capacity", leaky.capacity());
    } else if (policy instanceof Policy.Total total) {
      out.writeNumberField("initial", total.initial());
      Json.writeIfPresent(out, "min", total.min());
      Json.writeIfPresent(out, "max", total.max());
      Json.writeIfPresent(out, "maxDelta", total.maxDelta());
      Json.writeIfPresent(out, "limit", total.limit());
    } else {
      throw new IllegalStateException("no JSON form for " + policy);
    }
    out.writeEndObject();
  }

  /** The fields that were there, before it is known for which kind. */
  private static final class Given {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private String kind;

    void read(String field, JsonParser in) throws IOException {
      switch (field) {
        case "kind" -> kind = Json.text(field, in);
        case "ttl" -> values.put(field, Durations.parse(field, Json.text(field, in)));
        case "rate" -> values.put(field, Rate.parse(Json.text(field, in)));
        case "initial" -> values.put(field, Json.wholeNumber(field, in));
        case "limit", "capacity", "min", "max", "maxDelta" ->
            values.put(field, Json.optionalNumber(field, in));
        default ->
            throw Json.unknownField(
                field, "kind, ttl, limit, rate, capacity, initial, min, max and maxDelta");
      }
    }

    Policy policy() {
      if (kind == null || !FIELDS.containsKey(kind)) {
        throw new InvalidInputException(
            "kind",
            (kind == null ? "is missing" : "is '" + kind + "'")
                + "; it must be one of expiring, leaky and total");
      }
      for (String field : values.keySet()) {
        if (!FIELDS.get(kind).contains(field)) {
          throw new InvalidInputException(field, "is not for the kind " + kind);
        }
      }
      return switch (kind) {
        case "expiring" ->
            new Policy.Expiring(
                (Duration) values.getOrDefault("ttl", Duration.ofSeconds(60)), number("limit"));
        case "leaky" -> new Policy.Leaky(rate(), number("capacity"));
        default ->
            new Policy.Total(
                (long) values.getOrDefault("initial", 0L),
                number("min"),
                number("max"),
                number("maxDelta"),
                number("limit"));
      };
    }

    private Rate rate() {
      if (!(values.get("rate") instanceof Rate rate)) {
        throw new InvalidInputException("rate", "is missing; a leaky bucket needs one, as 10/s");
      }
      return rate;
    }

    private OptionalLong number(String field) {
      return (OptionalLong) values.getOrDefault(field, OptionalLong.empty());
    }
  }
}
