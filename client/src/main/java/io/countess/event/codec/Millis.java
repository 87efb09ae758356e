package io.countess.event.codec;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Instants in headers: milliseconds since the epoch, in decimal digits. */
final class Millis {
  private static final int MAX_DIGITS = 18;

  private Millis() {}

  static byte[] encode(long millis) {
    return Long.toString(millis).getBytes(StandardCharsets.US_ASCII);
  }

  /** What a value says; empty where it is null, or anything but 1 to 18 digits. */
  static OptionalLong decode(byte[] value) {
    if (value == null || value.length == 0 || value.length > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    long millis = 0;
    for (byte digit : value) {
      if (digit < '0' || digit > '9') {
        return OptionalLong.empty();
      }
      millis = 10 * millis + digit - '0';
    }
    return OptionalLong.of(millis);
  }
}
