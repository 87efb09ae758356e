package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.event.ByteString;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JSON as Go's encoder writes it, down to its escapes, with a line feed behind it: what stands
 * between angle brackets is harmless in a page, and a byte that is no UTF-8 is U+FFFD.
 */
final class GoJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private GoJson() {}

  static byte[] message(String message, String details) {
    return whole(
        "\"message\":%s,\"details\":%s"
            .formatted(quoted(ByteString.utf8(message)), quoted(ByteString.utf8(details))));
  }

  static byte[] count(long count) {
    return whole("\"count\":" + count);
  }

  static byte[] list(List<ByteString> names) {
    return whole(
        "\"list\":"
            + names.stream().map(GoJson::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  private static byte[] whole(String fields) {
    return ("{" + fields + "}\n").getBytes(UTF_8);
  }

  static String quoted(ByteString name) {
    String text = GoText.decode(name);
    boolean isUtf8 = name.text().isPresent();
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFFFD' && isUtf8) {
        out.append(c);
      } else {
        append(c, out);
      }
    }
    return out.append('"').toString();
  }

  private static void append(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (c < ' ' || "<>&\u2028\u2029\uFFFD".indexOf(c) >= 0) {
          out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
          out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
        } else {
          out.append(c);
        }
      }
    }
  }
}
