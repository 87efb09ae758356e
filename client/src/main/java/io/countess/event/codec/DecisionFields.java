package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.Amount;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.InvalidInputException;
import io.countess.event.LimitCount;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.WindowSpan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects the fields of a decision, and passes over those that it does not know. */
final class DecisionFields {
  private Outcome outcome;
  private Optional<String> reason = Optional.empty();
  private Optional<Amount> count = Optional.empty();
  private Optional<Amount> limit = Optional.empty();
  private OptionalLong retryAfterMillis = OptionalLong.empty();
  private OptionalLong moreAfterMillis = OptionalLong.empty();
  private OptionalLong freeAfterMillis = OptionalLong.empty();
  private OptionalLong at = OptionalLong.empty();
  private Optional<Position> position = Optional.empty();
  private boolean replayed;
  private boolean wouldRefuse;
  private boolean overIds;
  private OptionalLong released = OptionalLong.empty();
  private List<Decision.Part> parts = List.of();
  private OptionalInt refusedBy = OptionalInt.empty();
  private Optional<List<LimitCount>> limits = Optional.empty();
  private Optional<WindowSpan> window = Optional.empty();
  private Optional<Held> before = Optional.empty();
  private Optional<Held> after = Optional.empty();
  private boolean tellsHeld;

  void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "outcome" -> outcome = readOutcome(Json.text(field, in));
      case "reason" -> reason = Optional.of(Json.text(field, in));
      case "count" -> count = number(field, in);
      case "limit" -> limit = number(field, in);
      case "retryAfterMillis" -> retryAfterMillis = Json.optionalNumber(field, in);
      case "moreAfterMillis" -> moreAfterMillis = Json.optionalNumber(field, in);
      case "freeAfterMillis" -> freeAfterMillis = Json.optionalNumber(field, in);
      case "at" -> at = OptionalLong.of(Json.wholeNumber(field, in));
      case "position" -> position = Optional.of(Position.parse(Json.text(field, in)));
      case "replayed" -> replayed = in.currentToken() == JsonToken.VALUE_TRUE;
      case "wouldRefuse" -> wouldRefuse = in.currentToken() == JsonToken.VALUE_TRUE;
      case "overIds" -> overIds = in.currentToken() == JsonToken.VALUE_TRUE;
      case "released" -> released = Json.optionalNumber(field, in);
      case "refusedBy" -> refusedBy = LimitsJson.readRefusedBy(in);
      case "limits" -> limits = Optional.of(LimitsJson.read(in));
      case "window" -> window = Optional.of(new SpanFields().read(field, in));
      case "before" -> {
        before = HeldJson.read(field, in);
        tellsHeld = true;
      }
      case "after" -> after = HeldJson.read(field, in);
      case "parts" -> parts = Json.list(field, in, DecisionFields::readPart);
      default -> in.skipChildren();
    }
  }

  Decision decision() {
    if (outcome == null) {
      throw new InvalidInputException("outcome", "is missing from the decision");
    }
    if (at.isEmpty()) {
      throw new InvalidInputException("at", "is missing from the decision");
    }
    var several = limits.map(each -> new Decision.Limits(each, refusedBy));
    var value =
        tellsHeld ? Optional.of(new HeldChange(before, after)) : Optional.<HeldChange>empty();
    var details =
        new Decision.Details(
            replayed, wouldRefuse, overIds, released, gauge(), parts, several, window, value);
    boolean real = details.gauge().isPresent();
    return new Decision(
        outcome,
        reason,
        real ? OptionalLong.empty() : whole("count", count),
        real ? OptionalLong.empty() : whole("limit", limit),
        retryAfterMillis,
        moreAfterMillis,
        freeAfterMillis,
        at.getAsLong(),
        position,
        details);
  }

  /** A count with a fraction point is that of a gauge. */
  private Optional<GaugeValue> gauge() {
    return count
        .filter(value -> !value.isWhole())
        .map(value -> new GaugeValue(value.real(), real(limit)));
  }

  private static Optional<Amount> number(String field, JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(Json.amount(field, in));
  }

  private static OptionalLong whole(String field, Optional<Amount> number) {
    return number.isPresent()
        ? OptionalLong.of(Json.whole(field, number.get()))
        : OptionalLong.empty();
  }

  private static OptionalDouble real(Optional<Amount> number) {
    return number.isPresent() ? OptionalDouble.of(number.get().real()) : OptionalDouble.empty();
  }

  private static Decision.Part readPart(JsonParser in) throws IOException {
    var names = new NameFields("parts.");
    var fields = new DecisionFields();
    Json.readFields(
        "part of a decision",
        in,
        (field, value) -> {
          if (!names.take(field, value)) {
            fields.take(field, value);
          }
        });
    return new Decision.Part(names.counter(), fields.decision());
  }

  private static Outcome readOutcome(String name) {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.wireName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException("outcome", "is '" + name + "', which is not known here"));
  }
}
