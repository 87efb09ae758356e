package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Position;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decisions as JSON objects: {@code outcome}, {@code reason}, {@code count}, {@code limit}, {@code
 * remaining}, {@code retryAfterMillis}, {@code at}, {@code position}; absent where it makes no
 * sense.
 */
public final class DecisionCodec {
  private DecisionCodec() {}

  /** Writes a decision. */
  public static byte[] encode(Decision decision) {
    return Json.write(
        out -> {
          out.writeStartObject();
          writeFields(decision, out);
          out.writeEndObject();
        });
  }

  /** Writes the fields of a decision into an object that has been opened. */
  public static void writeFields(Decision decision, JsonGenerator out) throws IOException {
    out.writeStringField("outcome", decision.outcome().wireName());
    if (decision.reason().isPresent()) {
      out.writeStringField("reason", decision.reason().get());
    }
    Json.writeIfPresent(out, "count", decision.count());
    Json.writeIfPresent(out, "limit", decision.limit());
    Json.writeIfPresent(out, "remaining", decision.remaining());
    Json.writeIfPresent(out, "retryAfterMillis", decision.retryAfterMillis());
    out.writeNumberField("at", decision.atMillis());
    if (decision.position().isPresent()) {
      out.writeStringField("position", decision.position().get().toString());
    }
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

  private static Decision read(JsonParser in) throws IOException {
    var fields = new Fields();
    Json.readFields("decision", in, fields::take);
    if (fields.outcome == null) {
      throw new InvalidInputException("outcome", "is missing from the decision");
    }
    if (fields.at.isEmpty()) {
      throw new InvalidInputException("at", "is missing from the decision");
    }
    return new Decision(
        fields.outcome,
        fields.reason,
        fields.count,
        fields.limit,
        fields.retryAfterMillis,
        fields.at.getAsLong(),
        fields.position);
  }

  private static final class Fields {
    private Outcome outcome;
    private Optional<String> reason = Optional.empty();
    private OptionalLong count = OptionalLong.empty();
    private OptionalLong limit = OptionalLong.empty();
    private OptionalLong retryAfterMillis = OptionalLong.empty();
    private OptionalLong at = OptionalLong.empty();
    private Optional<Position> position = Optional.empty();

    void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "outcome" -> outcome = readOutcome(Json.text(field, in));
        case "reason" -> reason = Optional.of(Json.text(field, in));
        case "count" -> count = Json.optionalNumber(field, in);
        case "limit" -> limit = Json.optionalNumber(field, in);
        case "retryAfterMillis" -> retryAfterMillis = Json.optionalNumber(field, in);
        case "at" -> at = OptionalLong.of(Json.wholeNumber(field, in));
        case "position" -> position = Optional.of(Position.parse(Json.text(field, in)));
        default -> in.skipChildren();
      }
    }

    private static Outcome readOutcome(String name) {
      return Arrays.stream(Outcome.values())
          .filter(outcome -> outcome.wireName().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidInputException(
                      "outcome", "is '" + name + "', which is not known here"));
    }
  }
}
