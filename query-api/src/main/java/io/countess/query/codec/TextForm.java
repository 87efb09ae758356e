package io.countess.query.codec;

import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.codec.DecisionCodec;
import io.countess.event.codec.EventCodec;
import io.countess.event.codec.PolicyCodec;
import io.countess.query.Glob;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A type whose values stand as one JSON string. Events, decisions and policies do, since they have
 * a JSON form of their own already, which is strict about what may stand in it.
 */
record TextForm<T>(Class<T> type, Function<T, String> format, Function<String, T> parse) {
  private static final List<TextForm<?>> ALL =
      List.of(
          new TextForm<>(String.class, text -> text, text -> text),
          new TextForm<>(ByteString.class, TextForm::base64, TextForm::fromBase64),
          new TextForm<>(Duration.class, Duration::toString, TextForm::duration),
          new TextForm<>(BigDecimal.class, BigDecimal::toString, BigDecimal::new),
          new TextForm<>(Position.class, Position::toString, Position::parse),
          new TextForm<>(Glob.class, Glob::pattern, Glob::of),
          new TextForm<>(
              Event.class, it -> utf8(EventCodec.encode(it)), it -> EventCodec.decode(utf8(it))),
          new TextForm<>(
              Decision.class,
              it -> utf8(DecisionCodec.encode(it)),
              it -> DecisionCodec.decode(utf8(it))),
          new TextForm<>(
              Policy.class,
              it -> utf8(PolicyCodec.encode(it)),
              it -> PolicyCodec.decode(utf8(it))));

  /** The form of a type or of what it is a subtype of, if it has one. */
  static Optional<TextForm<?>> of(Class<?> type) {
    return ALL.stream()
        .<TextForm<?>>map(form -> form)
        .filter(form -> form.type.isAssignableFrom(type))
        .findFirst()
        .or(() -> type.isEnum() ? Optional.of(ofEnum(type)) : Optional.empty());
  }

  String write(Object value) {
    return format.apply(type.cast(value));
  }

  T read(String text) {
    return parse.apply(text);
  }

  private static <E> TextForm<E> ofEnum(Class<E> type) {
    return new TextForm<>(
        type,
        Object::toString,
        name ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equals(name))
                .findAny()
                .orElseThrow(() -> new InvalidInputException(name, "is not known here")));
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toBytes());
  }

  private static ByteString fromBase64(String text) {
    try {
      return ByteString.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInputException("name", "is not Base64");
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new InvalidInputException("duration", "is no duration in ISO-8601");
    }
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
