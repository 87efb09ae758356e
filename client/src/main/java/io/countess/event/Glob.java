package io.countess.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pattern over the bytes of names: {@code *} any bytes, {@code ?} one byte, {@code [a-z]} and
 * {@code [^a-z]} one byte of (or not of) a set, {@code \} takes the next byte literally.
 */
public final class Glob {
  /** Matches every key. */
  public static final Glob ALL = Glob.of("*");

  private static final int NOT_CLOSED = Integer.MAX_VALUE - 1;

  private final byte[] pattern;

  private Glob(byte[] pattern) {
    this.pattern = pattern;
  }

  /**
   * The pattern in UTF-8.
   *
   * @throws InvalidInputException where a set in it is not closed
   */
  public static Glob of(String pattern) {
    return of("match", ByteString.utf8(pattern));
  }

  /** The same of any bytes; the message names {@code field}. */
  public static Glob of(String field, ByteString pattern) {
    var glob = new Glob(pattern.toBytes());
    if (!glob.isClosed()) {
      throw new InvalidInputException(
          field, "is '" + pattern + "', where ']' is missing after '['; \\[ stands for itself");
    }
    return glob;
  }

  private boolean isClosed() {
    int i = 0;
    while (i < pattern.length) {
      if (pattern[i] == '[') {
        i = endOfSet(i);
      }
      i += i < pattern.length && pattern[i] == '\\' ? 2 : 1;
    }
    return i != NOT_CLOSED + 1;
  }

  /** Where the set that opens at {@code open} is closed, read as {@link #matchSet} does. */
  private int endOfSet(int open) {
    int i = open + 1;
    if (i < pattern.length && pattern[i] == '^') {
      i++;
    }
    for (int first = i; i < pattern.length && (pattern[i] != ']' || i == first); i++) {
      if (pattern[i] == '\\' && i + 1 < pattern.length) {
        i++;
      }
      if (i + 2 < pattern.length && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
        i = endOfRange(i);
      }
    }
    return i < pattern.length ? i : NOT_CLOSED;
  }

  /** Where the last byte of the range stands whose first is at {@code first}. */
  private int endOfRange(int first) {
    int last = first + 2;
    return pattern[last] == '\\' && last + 1 < pattern.length ? last + 1 : last;
  }

  /** What {@link #of} makes this of. */
  public String pattern() {
    return new String(pattern, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && Arrays.equals(pattern, glob.pattern);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pattern);
  }

  @Override
  public String toString() {
    return pattern();
  }

  /** The bytes with which every key that matches starts, so that a scan can seek. */
  public ByteString literalPrefix() {
    var prefix = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < pattern.length; i++) {
      byte b = pattern[i];
      if (b == '*' || b == '?' || b == '[') {
        break;
      }
      if (b == '\\' && i + 1 < pattern.length) {
        b = pattern[++i];
      }
      prefix.write(b);
    }
    return ByteString.of(prefix.toByteArray());
  }

  /** Whether {@code key} matches as a whole, in time proportional to pattern times key. */
  public boolean matches(ByteString key) {
    int p = 0;
    int k = 0;
    int starAt = -1;
    int resumeAt = 0;
    while (k < key.size()) {
      if (p < pattern.length && pattern[p] == '*') {
        starAt = p++;
        resumeAt = k;
        continue;
      }
      int next = p < pattern.length ? matchOne(p, key.at(k)) : -1;
      if (next >= 0) {
        p = next;
        k++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        k = ++resumeAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /** The index after the element at {@code p} where that matches {@code b}, else -1. */
  private int matchOne(int p, byte b) {
    switch (pattern[p]) {
      case '?':
        return p + 1;
      case '[':
        return matchSet(p, b);
      case '\\':
        int literal = Math.min(p + 1, pattern.length - 1);
        return pattern[literal] == b ? literal + 1 : -1;
      default:
        return pattern[p] == b ? p + 1 : -1;
    }
  }

  private int matchSet(int open, byte b) {
    int value = b & 0xff;
    int i = open + 1;
    boolean negated = i < pattern.length && pattern[i] == '^';
    if (negated) {
      i++;
    }
    boolean found = false;
    for (int first = i; i < pattern.length && (pattern[i] != ']' || i == first); i++) {
      if (pattern[i] == '\\' && i + 1 < pattern.length) {
        i++;
      }
      int low = pattern[i] & 0xff;
      int high = low;
      if (i + 2 < pattern.length && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
        i = endOfRange(i);
        high = pattern[i] & 0xff;
      }
      found |= low <= value && value <= high;
    }
    if (i >= pattern.length) {
      // An unclosed set is the byte '[' itself.
      return value == '[' ? open + 1 : -1;
    }
    return found != negated ? i + 1 : -1;
  }
}
