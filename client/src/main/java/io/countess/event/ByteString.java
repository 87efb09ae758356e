package io.countess.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An immutable sequence of bytes, ordered as unsigned bytes from the left. */
public final class ByteString implements Comparable<ByteString> {
  public static final ByteString EMPTY = new ByteString(new byte[0]);

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static ByteString of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
  }

  /** A copy of {@code bytes[from, to)}. */
  public static ByteString of(byte[] bytes, int from, int to) {
    return from == to ? EMPTY : new ByteString(Arrays.copyOfRange(bytes, from, to));
  }

  /**
   * The UTF-8 form of {@code text}.
   *
   * @throws InvalidInputException where it has half of a surrogate pair, which UTF-8 can't say
   */
  public static ByteString utf8(String text) {
    return utf8("text", text);
  }

  /** The same; the message names {@code field}. */
  public static ByteString utf8(String field, String text) {
    requirePairs(field, text);
    return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
  }

  public int size() {
    return bytes.length;
  }

  public byte at(int index) {
    return bytes[index];
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The text that these bytes are in UTF-8, or nothing where they are not UTF-8. */
  public Optional<String> text() {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return Optional.of(decoder.decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  private static void requirePairs(String field, String text) {
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new InvalidInputException(field, "has half of a surrogate pair at index " + i);
      }
    }
  }

  @Override
  public int compareTo(ByteString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The text, or the bytes in hexadecimal after {@code 0x} where they are not UTF-8. */
  @Override
  public String toString() {
    return text().orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes));
  }
}
