package io.countess.door.http;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a listing goes on, as text that callers hand back unread: a byte that tells its form, and
 * the name after which the next page starts, in Base64 for URLs.
 */
final class Cursor {
  private static final byte AFTER_NAME = 1;

  private Cursor() {}

  static String encode(ByteString name) {
    byte[] bytes = new byte[name.size() + 1];
    bytes[0] = AFTER_NAME;
    System.arraycopy(name.toBytes(), 0, bytes, 1, name.size());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a cursor.
   *
   * @throws InvalidInputException where it is none of {@link #encode}
   */
  static ByteString decode(String parameter, String cursor) {
    byte[] bytes = bytes(cursor);
    if (bytes.length == 0 || bytes[0] != AFTER_NAME) {
      throw new InvalidInputException(
          parameter, "is '" + cursor + "'; it must be what an earlier page called next");
    }
    return ByteString.of(Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  private static byte[] bytes(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }
}
