package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.countess.event.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The arguments of a request, of which the first is the command's name.
 *
 * @param all at least one
 */
record Args(List<ByteString> all) {
  /** The longest number: a sign and 19 digits. */
  private static final int MAX_DIGITS = 20;

  Args {
    all = List.copyOf(all);
  }

  static Args of(String... texts) {
    return new Args(List.of(texts).stream().map(Args::bytes).toList());
  }

  int size() {
    return all.size();
  }

  ByteString get(int index) {
    return all.get(index);
  }

  /** An argument with a char for each byte, so that errors can give back what was sent. */
  String text(int index) {
    return text(all.get(index));
  }

  /** An argument that is one of some words, in lower case. */
  String word(int index) {
    return text(index).toLowerCase(Locale.ROOT);
  }

  boolean is(int index, String word) {
    return text(index).equalsIgnoreCase(word);
  }

  /**
   * An argument as Redis reads whole numbers: no sign but a minus, no zeros before it, 64 bits;
   * empty where it is none.
   */
  OptionalLong whole(int index) {
    return whole(all.get(index));
  }

  static OptionalLong whole(ByteString bytes) {
    String text = bytes.size() <= MAX_DIGITS ? text(bytes) : "";
    try {
      long value = Long.parseLong(text);
      return Long.toString(value).equals(text) ? OptionalLong.of(value) : OptionalLong.empty();
    } catch (NumberFormatException none) {
      return OptionalLong.empty();
    }
  }

  /** A char for each byte. */
  static String text(ByteString bytes) {
    return new String(bytes.toBytes(), ISO_8859_1);
  }

  /** A byte for each char. */
  static ByteString bytes(String text) {
    return ByteString.of(text.getBytes(ISO_8859_1));
  }
}
