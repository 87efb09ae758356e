package io.countess.door.http;

import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.event.Numbers;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parameters of a request, each at most once, and none that its route does not know. */
final class QueryString {
  private static final QueryString EMPTY = new QueryString(Map.of());

  private final Map<String, String> encoded;

  private QueryString(Map<String, String> encoded) {
    this.encoded = encoded;
  }

  /**
   * Takes a query string apart.
   *
   * @param raw as it was sent, null where there was none
   * @param known the names that it may hold
   * @throws InvalidInputException where a name is unknown or given twice
   */
  static QueryString parse(String raw, Set<String> known) {
    if (raw == null || raw.isEmpty()) {
      return EMPTY;
    }
    var encoded = new TreeMap<String, String>();
    for (int at = 0; at <= raw.length(); ) {
      int next = raw.indexOf('&', at);
      int end = next < 0 ? raw.length() : next;
      if (end > at) {
        take(raw.substring(at, end), known, encoded);
      }
      at = end + 1;
    }
    return new QueryString(encoded);
  }

  boolean isEmpty() {
    return encoded.isEmpty();
  }

  /** The text of a parameter in which, as forms do it, {@code +} is a space. */
  Optional<String> text(String name) {
    return value(name).map(raw -> Percent.decodeText(name, raw.replace('+', ' ')));
  }

  /** The text of a parameter that has no spaces: {@code +} is a plus. */
  Optional<String> word(String name) {
    return value(name).map(raw -> Percent.decodeText(name, raw));
  }

  /**
   * A whole number.
   *
   * @throws InvalidInputException where the parameter is something else
   */
  int number(String name, int otherwise) {
    String text = word(name).orElse(null);
    if (text == null) {
      return otherwise;
    }
    return Numbers.wholeOf32(text)
        .orElseThrow(
            () -> new InvalidInputException(name, "is '" + text + "'; it must be a whole number"));
  }

  /**
   * Whether something is so, which it is not unless a parameter says it.
   *
   * @throws InvalidInputException where it is neither true nor false
   */
  boolean flag(String name) {
    String text = word(name).orElse("false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidInputException(name, "is '" + text + "'; it must be true or false");
    };
  }

  /**
   * A number, as {@link Numbers#parse} reads it, if it is given.
   *
   * @throws InvalidInputException where the parameter is something else
   */
  Optional<Amount> amount(String name) {
    return word(name).map(text -> Numbers.parse(name, text));
  }

  /**
   * Bytes in Base64 of either alphabet, with or without padding.
   *
   * @throws InvalidInputException where the parameter is something else
   */
  Optional<ByteString> base64(String name) {
    return word(name).map(text -> decodeBase64(name, text));
  }

  private static ByteString decodeBase64(String name, String text) {
    try {
      String urlSafe = text.replace('+', '-').replace('/', '_');
      return ByteString.of(Base64.getUrlDecoder().decode(urlSafe));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInputException(name, "is '" + text + "', which is not Base64");
    }
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(encoded.get(name));
  }

  private static void take(String pair, Set<String> known, Map<String, String> encoded) {
    int equals = pair.indexOf('=');
    String name = Percent.decodeText("query", equals < 0 ? pair : pair.substring(0, equals));
    if (!known.contains(name)) {
      throw new InvalidInputException(
          name,
          known.isEmpty()
              ? "is not a parameter here; there are none"
              : "is not a parameter here; there are " + String.join(", ", new TreeSet<>(known)));
    }
    if (encoded.put(name, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
      throw new InvalidInputException(name, "is given twice");
    }
  }
}
