package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.Amount;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** The fields of a policy that were there, before it is known for which kind. */
final class PolicyFields {
  private static final Set<String> OF_ALL = Set.of("description", "mode", "dedupe", "maxIds");
  private static final String NAMES =
      "kind, description, mode, dedupe, maxIds, plans, limits, limit, min, max, maxDelta, ttl, rate,"
          + " capacity, period, zone, keep, journal, lapses and initial";

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, PolicyFields> plans = new LinkedHashMap<>();
  private String kind;

  void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "kind" -> kind = Json.text(field, in);
      case "ttl", "dedupe", "journal" ->
          values.put(field, Durations.parse(field, Json.text(field, in)));
      case "rate" -> values.put(field, Rate.parse(Json.text(field, in)));
      case "period" -> values.put(field, WindowPeriod.parse(Json.text(field, in)));
      case "zone" -> values.put(field, zone(Json.text(field, in)));
      case "mode" -> values.put(field, mode(Json.text(field, in)));
      case "description" -> values.put(field, Json.text(field, in));
      case "initial", "maxIds", "keep" -> values.put(field, Json.wholeNumber(field, in));
      case "limit", "capacity" -> values.put(field, Json.optionalNumber(field, in));
      case "min", "max", "maxDelta" -> values.put(field, optional(field, in));
      case "lapses" -> values.put(field, Json.isTrue(field, in));
      case "limits" -> values.put(field, limits(in));
      case "plans" -> Json.readFields(field, in, this::takePlan);
      default -> throw Json.unknownField(field, NAMES);
    }
  }

  private void takePlan(String name, JsonParser in) throws IOException {
    var plan = new PolicyFields();
    Json.readFields(
        "plans",
        in,
        (field, at) -> {
          if (field.equals("plans")) {
            throw new InvalidInputException("plans", "has the plan '" + name + "' with plans");
          }
          plan.take(field, at);
        });
    plans.put(name, plan);
  }

  private static List<Policy> limits(JsonParser in) throws IOException {
    List<Policy> limits = new ArrayList<>();
    Json.list("limits", in, at -> limits.add(limit("limits[" + limits.size() + "]", at)));
    return limits;
  }

  /** One of several limits: a kind with its own fields. */
  private static Policy limit(String name, JsonParser in) throws IOException {
    var given = new PolicyFields();
    try {
      Json.readFields("limit", in, given::takeOfLimit);
      Policy.Limits.requireKind("kind", given.kind);
      return given.policy();
    } catch (InvalidInputException invalid) {
      throw invalid.within(name);
    }
  }

  private void takeOfLimit(String field, JsonParser in) throws IOException {
    if (OF_ALL.contains(field) || field.equals("plans") || field.equals("lapses")) {
      throw new InvalidInputException(
          field, "is not for one of several limits; it stands beside limits, for all of them");
    }
    take(field, in);
  }

  Policy policy() {
    PolicyForm form =
        PolicyForm.named(kind)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "kind",
                        (kind == null ? "is missing" : "is '" + kind + "'")
                            + "; it must be one of "
                            + PolicyForm.names()));
    for (String field : values.keySet()) {
      if (!form.fields().contains(field) && !OF_ALL.contains(field)) {
        throw new InvalidInputException(field, "is not for the kind " + kind + others(field));
      }
    }
    return form.read(this);
  }

  /** For a field that is less easily told apart, the kinds that it is for. */
  private static String others(String field) {
    return switch (field) {
      case "journal" -> "; it is for total, gauge and value";
      case "lapses" -> "; it is for expiring, leaky, window and limits";
      default -> "";
    };
  }

  Terms terms() {
    Terms unsaid = Terms.DEFAULT;
    Map<String, Policy> resolved = new LinkedHashMap<>();
    plans.forEach((name, plan) -> resolved.put(name, plan(name, plan)));
    return new Terms(
        or("mode", unsaid.mode()),
        or("dedupe", unsaid.dedupe()),
        or("maxIds", unsaid.maxIds()),
        Optional.ofNullable(or("description", null)),
        Optional.ofNullable(or("journal", null)),
        or("lapses", false),
        resolved);
  }

  /** A plan that names its kind says all; any other changes what it names. */
  private Policy plan(String name, PolicyFields given) {
    var all = new PolicyFields();
    if (given.kind == null) {
      all.values.putAll(values);
      all.values.remove("lapses");
    }
    all.kind = given.kind == null ? kind : given.kind;
    all.values.putAll(given.values);
    try {
      return all.policy();
    } catch (InvalidInputException invalid) {
      throw new InvalidInputException("plans", "'" + name + "': " + invalid.getMessage());
    }
  }

  /** What was given, or {@code otherwise}, which is of the type that the field has. */
  @SuppressWarnings("unchecked")
  <T> T or(String field, T otherwise) {
    return (T) values.getOrDefault(field, otherwise);
  }

  <T> T required(String field, Class<T> type, String why) {
    if (!values.containsKey(field)) {
      throw new InvalidInputException(field, "is missing; " + why);
    }
    return type.cast(values.get(field));
  }

  List<Policy> limits() {
    if (!values.containsKey("limits")) {
      throw new InvalidInputException(
          "limits", "are missing; there must be 1 to " + Policy.Limits.MOST);
    }
    return or("limits", List.of());
  }

  OptionalLong limit(String field) {
    return or(field, OptionalLong.empty());
  }

  OptionalLong whole(String field) {
    Optional<Amount> given = or(field, Optional.empty());
    return given.isPresent()
        ? OptionalLong.of(Json.whole(field, given.get()))
        : OptionalLong.empty();
  }

  /** A small number, 0 where it was not given; one that is too large stays so. */
  int count(String field) {
    long given = or(field, 0L);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, given));
  }

  OptionalDouble real(String field) {
    Optional<Amount> given = or(field, Optional.empty());
    return given.isPresent() ? OptionalDouble.of(given.get().real()) : OptionalDouble.empty();
  }

  /** Whether it must be whole depends on the kind. */
  private static Optional<Amount> optional(String field, JsonParser in) throws IOException {
    return in.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(Json.amount(field, in));
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException unknown) {
      throw new InvalidInputException(
          "zone", "is '" + text + "'; it must be a time zone as UTC, Europe/Berlin or +02:00");
    }
  }

  private static Policy.Mode mode(String text) {
    return switch (text) {
      case "enforce" -> Policy.Mode.ENFORCE;
      case "observe" -> Policy.Mode.OBSERVE;
      default ->
          throw new InvalidInputException(
              "mode", "is '" + text + "'; it must be enforce or observe");
    };
  }
}
