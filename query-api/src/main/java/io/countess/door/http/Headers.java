package io.countess.door.http;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Header fields as text. What a header names may stand in a body too, where it is UTF-8. Jetty
 * reads each byte of a header as one character, so the bytes are taken back and read as UTF-8.
 */
final class Headers {
  private static final char FIRST_BEYOND_ASCII = 0x80;

  private Headers() {}

  /**
   * The value of a header that can come once. Of two it would be unclear which one is meant.
   *
   * @throws InvalidInputException where it comes twice, or is not UTF-8
   */
  static Optional<String> only(Request request, String header) {
    List<String> values = request.getHeaders().getValuesList(header);
    if (values.size() > 1) {
      throw new InvalidInputException(header, "is given twice");
    }
    return values.stream().findFirst().map(value -> text(header, value));
  }

  /**
   * The value of a header that holds a list, which may be spread over several lines (RFC 9110,
   * section 5.3).
   *
   * @throws InvalidInputException where it is not UTF-8
   */
  static Optional<String> list(Request request, String header) {
    List<String> values = request.getHeaders().getValuesList(header);
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(text(header, String.join(",", values)));
  }

  /** Whether the header is there, whatever it says. */
  static boolean has(Request request, String header) {
    return request.getHeaders().contains(header);
  }

  /**
   * What stands in quotes, as a string of RFC 9651 does; a value without quotes is itself.
   *
   * @throws InvalidInputException where quotes or backslashes are not as they should be
   */
  static String unquoted(String header, String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    var text = new StringBuilder(value.length());
    int at = 1;
    for (; at < value.length() && value.charAt(at) != '"'; at++) {
      if (value.charAt(at) == '\\') {
        at++;
        if (at == value.length() || "\"\\".indexOf(value.charAt(at)) < 0) {
          throw new InvalidInputException(
              header, "is " + value + "; in quotes a backslash may only stand before \" or \\");
        }
      }
      text.append(value.charAt(at));
    }
    if (at != value.length() - 1) {
      throw new InvalidInputException(
          header, "is " + value + "; what starts with a quotation mark must end with one");
    }
    return text.toString();
  }

  private static String text(String header, String value) {
    if (value.chars().allMatch(c -> c < FIRST_BEYOND_ASCII)) {
      return value;
    }
    return ByteString.of(value.getBytes(StandardCharsets.ISO_8859_1))
        .text()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    header, "is not UTF-8, as what is beyond ASCII in a header has to be here"));
  }
}
