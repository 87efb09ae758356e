package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects the fields of an event from an object that may hold other fields too, such as a line of
 * {@code POST /v1/events}.
 */
final class EventFields {
  static final String NAMES =
      "n, ttl, id, value, if, of, within, counters, events, together, note, add, to, min, max, saturate, expires, expiresAt,"
          + " expiresIf, policy, plan, onChange and ifVersion";

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "put", Set.of("n", "ttl", "id", "policy"),
          "set", Set.of("value", "if", "id"),
          "write", WriteJson.FIELDS,
          "reset", Set.of("id"),
          "release", Set.of("of", "n", "id", "within"),
          "claim", Set.of("counters", "id"),
          "batch", Set.of("events", "together", "id", "note"),
          "policy", Set.of("policy", "plan", "onChange", "ifVersion"),
          "defaults", Set.of("policy", "onChange", "ifVersion"),
          "tick", Set.of());

  private final Set<String> seen = new LinkedHashSet<>();
  private String op;
  private Amount n = Amount.of(1);
  private Optional<Duration> ttl = Optional.empty();
  private Optional<String> id = Optional.empty();
  private Amount value;
  private String of;
  private Optional<NamespacePatterns> within = Optional.empty();
  private List<ClaimJson> counters;
  private BatchJson batch;
  private Optional<String> condition = Optional.empty();
  private WriteJson write;
  private Optional<Policy> policy = Optional.empty();
  private Optional<String> plan = Optional.empty();
  private OnChange onChange = OnChange.KEEP;
  private OptionalLong ifVersion = OptionalLong.empty();

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
      case "n" -> n = Json.amount(field, in);
      case "ttl" -> ttl = Optional.of(Durations.parse(field, Json.text(field, in)));
      case "id" -> id = Optional.of(Json.text(field, in));
      case "value" -> value = Json.amount(field, in);
      case "if" -> condition = Optional.of(Json.text(field, in));
      case "of" -> of = Json.text(field, in);
      case "within" -> within = Optional.of(NamespacePatterns.parse(Json.text(field, in)));
      case "counters" -> counters = ClaimJson.read(in);
      case "policy" -> policy = readPolicy(in);
      case "plan" -> plan = Optional.of(Json.text(field, in));
      case "onChange" -> onChange = readOnChange(Json.text(field, in));
      case "ifVersion" -> ifVersion = OptionalLong.of(Json.wholeNumber(field, in));
      default -> {
        if (!takeOfBatch(field, in) && !takeOfWrite(field, in)) {
          return false;
        }
      }
    }
    if (!field.equals("op")) {
      seen.add(field);
    }
    return true;
  }

  private boolean takeOfWrite(String field, JsonParser in) throws IOException {
    if (!WriteJson.OWN_FIELDS.contains(field)) {
      return false;
    }
    write = write == null ? new WriteJson() : write;
    write.take(field, in);
    return true;
  }

  private boolean takeOfBatch(String field, JsonParser in) throws IOException {
    if (!BatchJson.FIELDS.contains(field)) {
      return false;
    }
    batch = batch == null ? new BatchJson() : batch;
    batch.take(field, in);
    return true;
  }

  /**
   * The event.
   *
   * @param surrounding the namespace of those counters of a claim or a batch that do not name one;
   *     asked only for them
   */
  Event event(Supplier<Optional<ByteString>> surrounding) {
    requireFieldsOfTheOp();
    return switch (op) {
      case "put" -> put();
      case "set" -> set();
      case "write" -> (write == null ? new WriteJson() : write).event(condition, ttl, id);
      case "reset" -> new Event.Reset(id);
      case "release" -> release();
      case "claim" -> claim(surrounding);
      case "batch" -> (batch == null ? new BatchJson() : batch).event(surrounding, id);
      case "policy" -> changePolicy();
      case "defaults" -> new Event.ChangeDefaults(requiredPolicy(), onChange, ifVersion);
      default -> new Event.Tick();
    };
  }

  private void requireFieldsOfTheOp() {
    Set<String> allowed = FIELDS.get(op);
    if (allowed == null) {
      throw new InvalidInputException(
          "op",
          "is '"
              + op
              + "'; it must be one of put, set, write, reset, release, claim, batch, policy and defaults");
    }
    for (String field : seen) {
      if (!allowed.contains(field)) {
        throw new InvalidInputException(field, "is not for the op " + op);
      }
    }
  }

  private Event put() {
    if (seen.contains("policy") && policy.isEmpty()) {
      throw new InvalidInputException("policy", "is null; a put brings one or leaves it out");
    }
    boolean isPlain = ttl.isEmpty() && id.isEmpty() && policy.isEmpty();
    return isPlain ? Event.Put.of(n) : new Event.Put(n, ttl, id, policy);
  }

  private Event set() {
    Amount given = required("value", value, "set needs it");
    condition.ifPresent(EventFields::requireAbsent);
    return new Event.SetValue(given, condition.isPresent(), id);
  }

  private Event release() {
    var most = seen.contains("n") ? OptionalLong.of(Json.whole("n", n)) : OptionalLong.empty();
    String released = required("of", of, "it is the id of what is released");
    return new Event.Release(released, most, id, within);
  }

  private Event claim(Supplier<Optional<ByteString>> surrounding) {
    var given = required("counters", counters, "a claim needs them");
    return new Event.Claim(given.stream().map(counter -> counter.part(surrounding)).toList(), id);
  }

  private Event changePolicy() {
    if (!seen.contains("policy") && plan.isEmpty()) {
      throw new InvalidInputException("policy", "is missing; null takes it away");
    }
    return new Event.ChangePolicy(policy, plan, onChange, ifVersion);
  }

  private Policy requiredPolicy() {
    return policy.orElseThrow(
        () ->
            new InvalidInputException(
                "policy",
                (seen.contains("policy") ? "is null" : "is missing")
                    + "; there is always a default policy: give the one that is to be, as"
                    + " {\"kind\":\"expiring\",\"ttl\":\"60s\"}"));
  }

  private static <T> T required(String field, T value, String why) {
    if (value == null) {
      throw new InvalidInputException(field, "is missing; " + why);
    }
    return value;
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
