package io.countess.door.dracula;

import io.countess.event.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes as programs in Go look at them, by which clients tell names apart. */
final class GoText {
  private static final char REPLACEMENT = '\uFFFD';

  /** What is white space beside that of ASCII, each in UTF-8 as a number. */
  private static final int[] WIDE = {
    0xC285, 0xC2A0, 0xE19A80, 0xE280A8, 0xE280A9, 0xE280AF, 0xE2819F, 0xE38080
  };

  private GoText() {}

  /**
   * The bytes without Unicode white space at both ends, as far as it is UTF-8; NUL is none, nor are
   * bytes that are no UTF-8.
   */
  static ByteString strip(byte[] bytes, int from, int to) {
    int end = stripRight(bytes, from, to);
    return ByteString.of(bytes, stripLeft(bytes, from, end), end);
  }

  /** Where the white space at the left ends. */
  static int stripLeft(byte[] bytes, int from, int to) {
    int first = from;
    int width = spaceAt(bytes, first, to);
    while (width > 0) {
      first += width;
      width = spaceAt(bytes, first, to);
    }
    return first;
  }

  /** Where the white space at the right begins. */
  static int stripRight(byte[] bytes, int from, int to) {
    int end = to;
    int width = spaceBefore(bytes, from, end);
    while (width > 0) {
      end -= width;
      width = spaceBefore(bytes, from, end);
    }
    return end;
  }

  /** How many bytes of white space begin at {@code at}: one character of it, or 0. */
  private static int spaceAt(byte[] bytes, int at, int to) {
    for (int width = 1; width <= 3 && at + width <= to; width++) {
      if (isSpace(bytes, at, width)) {
        return width;
      }
    }
    return 0;
  }

  private static int spaceBefore(byte[] bytes, int from, int end) {
    for (int width = 1; width <= 3 && end - width >= from; width++) {
      if (isSpace(bytes, end - width, width)) {
        return width;
      }
    }
    return 0;
  }

  private static boolean isSpace(byte[] bytes, int at, int width) {
    if (width == 1) {
      return bytes[at] == ' ' || bytes[at] >= '\t' && bytes[at] <= '\r';
    }
    int number = 0;
    for (int i = 0; i < width; i++) {
      number = number << 8 | bytes[at + i] & 0xFF;
    }
    if (number >= 0xE28080 && number <= 0xE2808A) {
      return true;
    }
    for (int wide : WIDE) {
      if (number == wide) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text that Go sees in these bytes: each byte that is part of no character in UTF-8 stands
   * for U+FFFD. Java by itself makes one of several such bytes.
   */
  static String decode(ByteString name) {
    return name.text().orElseGet(() -> decodeBroken(name.toBytes()));
  }

  private static String decodeBroken(byte[] bytes) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    while (in.hasRemaining()) {
      CoderResult result = utf8.decode(in, out, true);
      if (result.isMalformed()) {
        in.get();
        out.put(REPLACEMENT);
      }
    }
    return out.flip().toString();
  }
}
