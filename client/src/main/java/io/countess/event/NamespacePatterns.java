package io.countess.event;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Namespaces, said by patterns. Each pattern is a {@link Glob} over the bytes of a name, in UTF-8.
 * {@code %} and two hexadecimal digits stand for one byte, literally, as in a {@link RecordKey}: so
 * {@code %2A} is an asterisk, {@code %2C} a comma, {@code %20} a blank and {@code %FF} no text.
 */
public final class NamespacePatterns {
  /** The most patterns of one set. */
  public static final int MAX = 100;

  private static final String FIELD = "pattern";
  private static final String SPECIAL = "*?[]\\^-";
  private static final int HEX_DIGITS = 2;
  private static final int RADIX = 16;

  private final List<String> texts;
  private final List<Glob> globs;

  private NamespacePatterns(List<String> texts, List<Glob> globs) {
    this.texts = List.copyOf(texts);
    this.globs = List.copyOf(globs);
  }

  /**
   * The namespaces that match any of these patterns.
   *
   * @throws InvalidInputException where there is none, there are more than {@link #MAX}, or one is
   *     no pattern
   */
  public static NamespacePatterns of(Collection<String> patterns) {
    if (patterns.isEmpty() || patterns.size() > MAX) {
      throw new InvalidInputException(
          "patterns", "are %d; there must be 1 to %d".formatted(patterns.size(), MAX));
    }
    List<Glob> globs = new ArrayList<>();
    for (String pattern : patterns) {
      globs.add(Glob.of(FIELD, bytes(pattern)));
    }
    return new NamespacePatterns(List.copyOf(patterns), globs);
  }

  /** The same of patterns with commas between them, as {@link #toString} writes them. */
  public static NamespacePatterns parse(String patterns) {
    return of(List.of(patterns.split(",", -1)));
  }

  /** The patterns, as they were given. */
  public List<String> patterns() {
    return texts;
  }

  /** Whether {@code namespace} is one of them. */
  public boolean cover(ByteString namespace) {
    for (Glob glob : globs) {
      if (glob.matches(namespace)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are some, and each of them is covered. */
  public boolean coverAll(Collection<ByteString> namespaces) {
    return !namespaces.isEmpty() && namespaces.stream().allMatch(this::cover);
  }

  /** The pattern for {@link Glob}: a byte that was percent-encoded never means more than itself. */
  private static ByteString bytes(String pattern) {
    if (pattern.isEmpty()) {
      throw new InvalidInputException(FIELD, "is empty; * stands for every namespace");
    }
    byte[] given = ByteString.utf8(FIELD, pattern).toBytes();
    var out = new ByteArrayOutputStream(given.length);
    for (int i = 0; i < given.length; i++) {
      if (given[i] == '%') {
        int b = encoded(pattern, given, i);
        if (SPECIAL.indexOf(b) >= 0) {
          out.write('\\');
        }
        out.write(b);
        i += HEX_DIGITS;
      } else {
        out.write(given[i]);
      }
    }
    return ByteString.of(out.toByteArray());
  }

  private static int encoded(String pattern, byte[] given, int percent) {
    if (percent + HEX_DIGITS < given.length) {
      int high = Character.digit(given[percent + 1], RADIX);
      int low = Character.digit(given[percent + 2], RADIX);
      if (high >= 0 && low >= 0) {
        return high * RADIX + low;
      }
    }
    throw new InvalidInputException(
        FIELD,
        "is '"
            + pattern
            + "', with a '%' that two hexadecimal digits do not follow; %25 stands for itself");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamespacePatterns that && texts.equals(that.texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  /** The patterns with commas between them. */
  @Override
  public String toString() {
    return String.join(",", texts);
  }
}
