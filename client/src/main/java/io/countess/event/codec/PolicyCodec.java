package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import java.io.IOException;
import java.time.ZoneId;

/**
 * Policies as JSON objects. {@code {"kind":"expiring","ttl":"60s","limit":5}}, {@code
 * {"kind":"leaky","rate":"10/s","capacity":100}}, {@code
 * {"kind":"window","period":"day","zone":"Europe/Berlin","limit":5}}, {@code
 * {"kind":"total","initial":0,"min":0,"max":10,"maxDelta":2}}, {@code
 * {"kind":"gauge","description":"°C","min":-40.0,"max":60.0}}; each with {@code "mode":"observe"}
 * and {@code "dedupe":"1h"}. What is as it is by default need not be there, and is not written,
 * except for {@code ttl} and {@code initial}.
 */
public final class PolicyCodec {
  /** Where windows are unless a policy says otherwise. */
  static final ZoneId UTC = ZoneId.of("UTC");

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
    var given = new PolicyFields();
    Json.readFields("policy", in, given::take);
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
    } else if (policy instanceof Policy.Window window) {
      writeWindow(window, out);
    } else if (policy instanceof Policy.Total total) {
      writeTotal(total, out);
    } else if (policy instanceof Policy.Gauge gauge) {
      writeGauge(gauge, out);
    } else {
      throw new IllegalStateException("no JSON form for " + policy);
    }
    writeTerms(policy.terms(), out);
    out.writeEndObject();
  }

  private static void writeWindow(Policy.Window window, JsonGenerator out) throws IOException {
    out.writeStringField("period", window.period().toString());
    if (!window.zone().equals(UTC)) {
      out.writeStringField("zone", window.zone().getId());
    }
    Json.writeIfPresent(out, "min", window.min());
    Json.writeIfPresent(out, "maxDelta", window.maxDelta());
    Json.writeIfPresent(out, "limit", window.limit());
  }

  private static void writeTotal(Policy.Total total, JsonGenerator out) throws IOException {
    out.writeNumberField("initial", total.initial());
    Json.writeIfPresent(out, "min", total.min());
    Json.writeIfPresent(out, "max", total.max());
    Json.writeIfPresent(out, "maxDelta", total.maxDelta());
    Json.writeIfPresent(out, "limit", total.limit());
  }

  private static void writeGauge(Policy.Gauge gauge, JsonGenerator out) throws IOException {
    Json.writeIfPresent(out, "description", gauge.description());
    Json.writeIfPresent(out, "min", gauge.min());
    Json.writeIfPresent(out, "max", gauge.max());
    Json.writeIfPresent(out, "maxDelta", gauge.maxDelta());
  }

  private static void writeTerms(Policy.Terms terms, JsonGenerator out) throws IOException {
    if (terms.mode() == Policy.Mode.OBSERVE) {
      out.writeStringField("mode", "observe");
    }
    if (!terms.dedupe().equals(Policy.Terms.DEFAULT.dedupe())) {
      out.writeStringField("dedupe", Durations.format(terms.dedupe()));
    }
    if (terms.maxIds() != Policy.Terms.DEFAULT.maxIds()) {
      out.writeNumberField("maxIds", terms.maxIds());
    }
  }
}
