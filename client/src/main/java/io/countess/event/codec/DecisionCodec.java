package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.InvalidInputException;
import io.countess.event.WindowSpan;
import java.io.IOException;
import java.util.List;

/**
 * Decisions as JSON objects: {@code outcome}, {@code reason}, {@code count}, {@code limit}, {@code
 * remaining}, {@code retryAfterMillis}, {@code moreAfterMillis}, {@code freeAfterMillis}, {@code
 * at}, {@code position}, {@code replayed}, {@code wouldRefuse}, {@code overIds}, {@code released},
 * {@code window} (its {@code start} and {@code end}, where it had ended); absent where it makes no
 * sense. A counter of the kind value has {@code before} and {@code after}. Under several limits
 * there are {@code refusedBy} and {@code limits} too. A claim or a batch has {@code parts}: the
 * same once more for each counter or event, with its {@code namespace} and {@code key}. {@code
 * count}, {@code limit} and {@code remaining} of a gauge, and a value with a fraction, are always
 * written with a fraction point, those of other kinds never.
 */
public final class DecisionCodec {
  private DecisionCodec() {}

  public static byte[] encode(Decision decision) {
    return Json.object(out -> writeFields(decision, out));
  }

  /** Writes the fields of a decision into an object that has been opened. */
  public static void writeFields(Decision decision, JsonGenerator out) throws IOException {
    var details = decision.details();
    out.writeStringField("outcome", decision.outcome().wireName());
    Json.writeIfPresent(out, "reason", decision.reason());
    if (details.gauge().isPresent()) {
      writeValue(details.gauge().get(), out);
    } else {
      Json.writeIfPresent(out, "count", decision.count());
      Json.writeIfPresent(out, "limit", decision.limit());
      Json.writeIfPresent(out, "remaining", decision.remaining());
    }
    Json.writeIfPresent(out, "retryAfterMillis", decision.retryAfterMillis());
    Json.writeIfPresent(out, "moreAfterMillis", decision.moreAfterMillis());
    Json.writeIfPresent(out, "freeAfterMillis", decision.freeAfterMillis());
    out.writeNumberField("at", decision.atMillis());
    if (decision.position().isPresent()) {
      out.writeStringField("position", decision.position().get().toString());
    }
    Json.writeIfTrue(out, "replayed", details.replayed());
    Json.writeIfTrue(out, "wouldRefuse", details.wouldRefuse());
    Json.writeIfTrue(out, "overIds", details.overIds());
    Json.writeIfPresent(out, "released", details.released());
    if (details.limits().isPresent()) {
      LimitsJson.write(details.limits().get(), out);
    }
    if (details.window().isPresent()) {
      out.writeObjectFieldStart("window");
      writeSpan(details.window().get(), out);
      out.writeEndObject();
    }
    if (details.value().isPresent()) {
      HeldJson.write("before", details.value().get().before(), out);
      HeldJson.write("after", details.value().get().after(), out);
    }
    writeParts(details.parts(), out);
  }

  /** Writes the {@code start} and {@code end} of a window into an object that is open. */
  public static void writeSpan(WindowSpan span, JsonGenerator out) throws IOException {
    out.writeNumberField("start", span.startMillis());
    out.writeNumberField("end", span.endMillis());
  }

  /** Writes {@code count}, {@code limit} and {@code remaining} of a gauge into an open object. */
  public static void writeValue(GaugeValue gauge, JsonGenerator out) throws IOException {
    out.writeNumberField("count", gauge.value());
    Json.writeIfPresent(out, "limit", gauge.limit());
    Json.writeIfPresent(out, "remaining", gauge.remaining());
  }

  /**
   * Reads a decision; fields that it does not know are passed over, since a newer server may send
   * more.
   *
   * @throws InvalidInputException where this is no decision
   */
  public static Decision decode(byte[] json) {
    return Json.read(json, DecisionCodec::read);
  }

  /** Reads the decision that the parser stands at, in the same way. */
  public static Decision read(JsonParser in) throws IOException {
    var fields = new DecisionFields();
    Json.readFields("decision", in, fields::take);
    return fields.decision();
  }

  private static void writeParts(List<Decision.Part> parts, JsonGenerator out) throws IOException {
    if (parts.isEmpty()) {
      return;
    }
    Json.writeList(out, "parts", parts, DecisionCodec::write);
  }

  private static void write(Decision.Part part, JsonGenerator out) throws IOException {
    Names.write("namespace", part.counter().namespace(), out);
    Names.write("key", part.counter().key(), out);
    writeFields(part.decision(), out);
  }
}
