package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Paths as Go's server takes them: without empty parts, {@code .} and {@code ..}. */
final class GoPath {
  private static final String PLAIN = "-_.~$&+,/:;=@";

  private GoPath() {}

  /** The path that is meant; one that ends in a slash still does. */
  static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String clean = "/" + String.join("/", parts);
    return path.endsWith("/") && clean.length() > 1 ? clean + "/" : clean;
  }

  /** The same as it stands in a URL. */
  static String escape(String path) {
    var out = new StringBuilder();
    for (byte b : path.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean isPlain =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || isPlain(c);
      out.append(
          isPlain ? String.valueOf(c) : "%%%02X".formatted((int) c).toUpperCase(Locale.ROOT));
    }
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return PLAIN.indexOf(c) >= 0;
  }
}
