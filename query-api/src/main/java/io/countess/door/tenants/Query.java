package io.countess.door.tenants;

import io.countess.door.http.Percent;
import io.countess.event.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The query string of a request: the first value of a name counts. */
record Query(String raw) {
  /** Java would take the digits of every script. */
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  Optional<String> value(String name) {
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decode(key).equals(name)) {
        return Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)))
            .filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** As in forms, a plus is a space. */
  private static String decode(String text) {
    try {
      return Percent.decodeText("query", text.replace('+', ' '));
    } catch (InvalidInputException malformed) {
      return text;
    }
  }

  /** How many a page may have. */
  int limit(int usual) {
    Optional<String> given = value("limit");
    if (given.isEmpty()) {
      return usual;
    }
    int limit = given.get().matches("[+]?[0-9]{1,4}") ? Integer.parseInt(given.get()) : 0;
    if (limit < 1 || limit > MOST) {
      throw ApiException.parameter("limit must be between 1 and 100");
    }
    return limit;
  }

  private static final int MOST = 100;

  /** How much is to be added. */
  long delta() {
    Optional<String> given = value("delta");
    if (given.isEmpty()) {
      return 1;
    }
    try {
      long delta = WHOLE.matcher(given.get()).matches() ? Long.parseLong(given.get()) : 0;
      if (delta > 0) {
        return delta;
      }
    } catch (NumberFormatException tooLarge) {
      // The error below is for all that is no such number.
    }
    throw new ApiException(
        ApiReply.error(400, "INVALID_DELTA", "Delta must be a positive integer"));
  }
}
