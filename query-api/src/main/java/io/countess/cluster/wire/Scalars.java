package io.countess.cluster.wire;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The fields of an object that hold one string, number or flag each; each is taken out once. */
final class Scalars {
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Keeps a field, if it is such a one. */
  boolean take(String field, JsonParser in) throws IOException {
    boolean isScalar = in.currentToken().isScalarValue();
    if (isScalar) {
      texts.put(field, in.getText());
    }
    return isScalar;
  }

  /** Keeps a field, and fails where it is no such one. */
  void takeOnly(String field, JsonParser in) throws IOException {
    if (!take(field, in)) {
      refuse(field);
    }
  }

  /** Fails where fields are left that nobody has asked for. */
  void requireNoOthers() {
    texts.keySet().stream().findFirst().ifPresent(Scalars::refuse);
  }

  private static void refuse(String field) {
    throw new InvalidInputException(field, "is not known here");
  }

  Optional<String> find(String field) {
    return Optional.ofNullable(texts.remove(field));
  }

  String text(String field) {
    return find(field).orElseThrow(() -> new InvalidInputException(field, "is missing"));
  }

  long number(String field) {
    return parsed(field, Long::parseLong);
  }

  int integer(String field) {
    return parsed(field, Integer::parseInt);
  }

  OptionalLong findNumber(String field) {
    return texts.containsKey(field) ? OptionalLong.of(number(field)) : OptionalLong.empty();
  }

  boolean flag(String field) {
    return find(field).map(Boolean::parseBoolean).orElse(false);
  }

  Position position(String field) {
    return Position.parse(text(field));
  }

  Duration duration(String field) {
    return parsed(field, Duration::parse);
  }

  ByteString name(String field) {
    return findName(field).orElseThrow(() -> new InvalidInputException(field, "is missing"));
  }

  Optional<ByteString> findName(String field) {
    String inBase64 = field + "Base64";
    return find(field)
        .map(text -> Names.of(field, text))
        .or(() -> find(inBase64).map(text -> Names.of(inBase64, text)));
  }

  private <T> T parsed(String field, Function<String, T> parser) {
    String text = text(field);
    try {
      return parser.apply(text);
    } catch (NumberFormatException | DateTimeParseException malformed) {
      throw new InvalidInputException(field, "is '" + text + "', which can't be read here");
    }
  }
}
