package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.event.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A query string as servers in Go read it: of a name that comes twice the first value holds, and a
 * pair with a semicolon or a broken escape in it is as if it were not there.
 */
final class GoQuery {
  private final Map<ByteString, ByteString> first = new HashMap<>();

  /**
   * Reads one.
   *
   * @param raw as it was sent, or null
   */
  GoQuery(String raw) {
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!pair.isEmpty() && pair.indexOf(';') < 0) {
        var key = unescape(name, true);
        unescape(value, true).ifPresent(it -> key.ifPresent(k -> first.putIfAbsent(k, it)));
      }
    }
  }

  /**
   * A value without blanks and line feeds around it; empty where there is none, or nothing left.
   */
  Optional<ByteString> value(String name) {
    return Optional.ofNullable(first.get(ByteString.utf8(name)))
        .map(GoQuery::trim)
        .filter(value -> value.size() > 0);
  }

  private static ByteString trim(ByteString value) {
    int from = 0;
    int to = value.size();
    while (from < to && isTrimmed(value.at(from))) {
      from++;
    }
    while (to > from && isTrimmed(value.at(to - 1))) {
      to--;
    }
    return ByteString.of(value.toBytes(), from, to);
  }

  private static boolean isTrimmed(byte b) {
    return b == ' ' || b == '\n';
  }

  /** The bytes that are meant; empty where an escape is broken. */
  static Optional<ByteString> unescape(String text, boolean plusIsBlank) {
    var out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '+' && plusIsBlank) {
        out.write(' ');
      } else if (bytes[i] == '%') {
        int high = i + 1 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return Optional.of(ByteString.of(out.toByteArray()));
  }
}
