package io.countess.door.http;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986) as it stands in paths and query strings: {@code +} is a plus. */
public final class Percent {
  /** The rest of a sentence about a name that can't be told in a path. */
  static final String OTHER_DOOR =
      "; names that are empty, not UTF-8 or hold NUL can't stand in a path:"
          + " use /v1/counter?nsBase64=&keyBase64=, or for a whole namespace"
          + " /v1/namespace, /v1/keys and /v1/top?nsBase64=";

  /** What stands for bytes of a request's first line that were no UTF-8, once Jetty has read it. */
  private static final char NOT_UTF_8 = '\ufffd';

  private Percent() {}

  /**
   * Decodes a name that stands between two slashes of a path.
   *
   * @param field what the name is, for the message
   * @throws InvalidInputException where it is badly encoded, empty, not UTF-8, or holds NUL
   */
  static ByteString decodeName(String field, String raw) {
    if (raw.isEmpty()) {
      throw new InvalidInputException(field, "is empty" + OTHER_DOOR);
    }
    if (isPlain(raw)) {
      return ByteString.utf8(raw);
    }
    var name = ByteString.of(decode(field, raw));
    if (name.text().isEmpty()) {
      throw new InvalidInputException(field, "is not UTF-8" + OTHER_DOOR);
    }
    for (int i = 0; i < name.size(); i++) {
      if (name.at(i) == 0) {
        throw new InvalidInputException(field, "holds NUL" + OTHER_DOOR);
      }
    }
    return name;
  }

  /**
   * Decodes text.
   *
   * @throws InvalidInputException where it is badly encoded or not UTF-8
   */
  public static String decodeText(String field, String raw) {
    if (isPlain(raw)) {
      return raw;
    }
    return ByteString.of(decode(field, raw))
        .text()
        .orElseThrow(() -> new InvalidInputException(field, "is not UTF-8"));
  }

  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c >= 0x80 || c == 0) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("OrphanedFormatString") // percent signs of HTTP
  private static byte[] decode(String field, String raw) {
    if (raw.indexOf(NOT_UTF_8) >= 0) {
      throw new InvalidInputException(
          field,
          "holds bytes that are not UTF-8; percent-encode it as %EF%BF%BD if U+FFFD is meant");
    }
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.write(in[i]);
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      if (low < 0) {
        throw new InvalidInputException(
            field, "has a '%' that two hexadecimal digits do not follow");
      }
      out.write(high << 4 | low);
      i += 2;
    }
    return out.toByteArray();
  }
}
