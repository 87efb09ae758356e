package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.event.Write;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The fields of writes, and those that only they have as they are read. */
final class WriteJson {
  /** Those that no other op has. */
  static final Set<String> OWN_FIELDS =
      Set.of("add", "to", "min", "max", "saturate", "expires", "expiresAt", "expiresIf");

  /** All of them. */
  static final Set<String> FIELDS = all();

  private static final String KEEP = "keep";
  private static final String NEVER = "never";

  private BigDecimal add;
  private boolean replaces;
  private Optional<BigDecimal> to = Optional.empty();
  private Optional<BigDecimal> min = Optional.empty();
  private Optional<BigDecimal> max = Optional.empty();
  private boolean saturates;
  private Write.End end;
  private Write.EndIf endIf = Write.EndIf.ANY;

  private static Set<String> all() {
    var all = new HashSet<>(OWN_FIELDS);
    all.addAll(Set.of("if", "ttl", "id"));
    return Set.copyOf(all);
  }

  void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "add" -> add = Json.decimal(field, in);
      case "to" -> {
        replaces = true;
        boolean isNull = in.currentToken() == JsonToken.VALUE_NULL;
        to = isNull ? Optional.empty() : Optional.of(Json.decimal(field, in));
      }
      case "min" -> min = Optional.of(Json.decimal(field, in));
      case "max" -> max = Optional.of(Json.decimal(field, in));
      case "saturate" -> saturates = Json.isTrue(field, in);
      case "expires" -> endsAt(word(field, Json.text(field, in)));
      case "expiresAt" -> endsAt(new Write.At(Json.instant(field, in).getAsLong()));
      case "expiresIf" -> endIf = one(field, Json.text(field, in), Write.EndIf.values());
      default -> throw new IllegalStateException(field);
    }
  }

  /** The event that has these fields too. */
  Write event(Optional<String> condition, Optional<Duration> ttl, Optional<String> id) {
    ttl.ifPresent(length -> endsAt(new Write.After(length)));
    if (end == null && endIf != Write.EndIf.ANY) {
      throw new InvalidInputException("expiresIf", "needs a ttl, expires or expiresAt");
    }
    Write.If onlyIf =
        condition.map(text -> one("if", text, Write.If.values())).orElse(Write.If.ANY);
    return new Write(
        change(), Optional.ofNullable(end).map(at -> new Write.Expiry(at, endIf)), onlyIf, id);
  }

  private Optional<Write.Change> change() {
    if (add != null && replaces) {
      throw new InvalidInputException("to", "and add are both there; give one of them");
    }
    if (add == null && (min.isPresent() || max.isPresent() || saturates)) {
      throw new InvalidInputException("add", "is missing; min, max and saturate are for it");
    }
    if (add != null) {
      return Optional.of(new Write.Add(add, min, max, saturates));
    }
    return replaces ? Optional.of(new Write.Replace(to)) : Optional.empty();
  }

  private void endsAt(Write.End other) {
    if (end != null) {
      throw new InvalidInputException(
          "expires", "is there twice: a write has one of ttl, expires and expiresAt");
    }
    end = other;
  }

  private static Write.End word(String field, String text) {
    return switch (text) {
      case KEEP -> new Write.Kept();
      case NEVER -> new Write.Never();
      default ->
          throw new InvalidInputException(field, "is '" + text + "'; it must be keep or never");
    };
  }

  /** One of some names, but for the first of them, which stands for the field's absence. */
  private static <T extends Enum<T>> T one(String field, String text, T[] all) {
    for (T each : Arrays.asList(all).subList(1, all.length)) {
      if (name(each).equals(text)) {
        return each;
      }
    }
    String names =
        String.join(
            " or ", Arrays.stream(all).skip(1).map(each -> "'" + name(each) + "'").toList());
    throw new InvalidInputException(field, "is '" + text + "'; it must be " + names);
  }

  private static String name(Enum<?> each) {
    return each.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Writes the fields beside the op and the id into an object that is open. */
  static void write(Write write, JsonGenerator out) throws IOException {
    if (write.change().isPresent()) {
      write(write.change().get(), out);
    }
    if (write.onlyIf() != Write.If.ANY) {
      out.writeStringField("if", name(write.onlyIf()));
    }
    if (write.expiry().isPresent()) {
      write(write.expiry().get().end(), out);
      if (write.expiry().get().when() != Write.EndIf.ANY) {
        out.writeStringField("expiresIf", name(write.expiry().get().when()));
      }
    }
  }

  private static void write(Write.Change change, JsonGenerator out) throws IOException {
    if (change instanceof Write.Add adding) {
      HeldJson.writeNumber("add", adding.n(), out);
      if (adding.min().isPresent()) {
        HeldJson.writeNumber("min", adding.min().get(), out);
      }
      if (adding.max().isPresent()) {
        HeldJson.writeNumber("max", adding.max().get(), out);
      }
      Json.writeIfTrue(out, "saturate", adding.saturates());
    } else if (change instanceof Write.Replace with) {
      if (with.number().isPresent()) {
        HeldJson.writeNumber("to", with.number().get(), out);
      } else {
        out.writeNullField("to");
      }
    }
  }

  private static void write(Write.End end, JsonGenerator out) throws IOException {
    if (end instanceof Write.After after) {
      out.writeStringField("ttl", Durations.format(after.ttl()));
    } else if (end instanceof Write.At at) {
      out.writeNumberField("expiresAt", at.millis());
    } else {
      out.writeStringField("expires", end instanceof Write.Kept ? KEEP : NEVER);
    }
  }
}
