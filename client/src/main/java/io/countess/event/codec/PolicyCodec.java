package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Terms;
import java.io.IOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Policies as JSON objects. {@code {"kind":"expiring","ttl":"60s","limit":5}}, {@code
 * {"kind":"leaky","rate":"10/s","capacity":100}}, {@code
 * {"kind":"window","period":"day","zone":"Europe/Berlin","limit":5,"keep":31}}, {@code
 * {"kind":"total","initial":0,"min":0,"max":10,"maxDelta":2}}, {@code
 * {"kind":"gauge","description":"°C","min":-40.0,"max":60.0}}; each with {@code "description":"…"},
 * {@code "mode":"observe"} and {@code "dedupe":"1h"}, and {@code "plans":{"free":{"limit":5}}}.
 * {@code "lapses":true} is for a policy that a put brings. A plan that names its kind is written in
 * full; one that does not has what else its policy has. What is as it is by default need not be
 * there, and is not written, except for {@code ttl} and {@code initial}.
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

  public static byte[] encode(Policy policy) {
    return Json.write(out -> write(policy, out));
  }

  /** The fields that are for each kind, beside those for all: a list that can be shown. */
  public static Map<String, List<String>> fieldsByKind() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (PolicyForm form : PolicyForm.values()) {
      fields.put(form.kind(), form.fields());
    }
    return fields;
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
    Json.writeIfPresent(out, "description", policy.terms().description());
    PolicyForm.of(policy).write(policy, out);
    writeTerms(policy.terms(), out);
    out.writeEndObject();
  }

  private static void writeTerms(Terms terms, JsonGenerator out) throws IOException {
    if (terms.mode() == Policy.Mode.OBSERVE) {
      out.writeStringField("mode", "observe");
    }
    if (!terms.dedupe().equals(Terms.DEFAULT.dedupe())) {
      out.writeStringField("dedupe", Durations.format(terms.dedupe()));
    }
    if (terms.maxIds() != Terms.DEFAULT.maxIds()) {
      out.writeNumberField("maxIds", terms.maxIds());
    }
    Json.writeIfPresent(out, "journal", terms.journal().map(Durations::format));
    Json.writeIfTrue(out, "lapses", terms.lapses());
    if (!terms.plans().isEmpty()) {
      out.writeObjectFieldStart("plans");
      for (Map.Entry<String, Policy> plan : terms.plans().entrySet()) {
        out.writeFieldName(plan.getKey());
        write(plan.getValue(), out);
      }
      out.writeEndObject();
    }
  }
}
