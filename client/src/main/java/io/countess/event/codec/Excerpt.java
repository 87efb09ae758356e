package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonLocation;
import java.nio.charset.StandardCharsets;

/** The part of what was to be JSON that shows where it is none. */
final class Excerpt {
  private static final int BYTES_BEFORE = 24;
  private static final int BYTES_AFTER = 12;

  private Excerpt() {}

  /** The text around a place. Jackson may have come a little further than to the fault. */
  static String around(JsonLocation place, byte[] utf8) {
    int at = Math.toIntExact(Math.max(0, Math.min(place.getByteOffset(), utf8.length)));
    int from = Math.max(0, at - BYTES_BEFORE);
    int to = Math.min(utf8.length, at + BYTES_AFTER);
    while (from > 0 && isInsideCharacter(utf8[from])) {
      from--;
    }
    while (to < utf8.length && isInsideCharacter(utf8[to])) {
      to++;
    }
    return new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean isInsideCharacter(byte utf8) {
    return (utf8 & 0xC0) == 0x80;
  }
}
