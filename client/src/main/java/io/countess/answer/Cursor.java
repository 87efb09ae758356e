package io.countess.answer;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a listing goes on: for those who are told it, text to hand back unread.
 *
 * @param text a byte that tells its form, and the name after which the next page starts, in Base64
 *     for URLs
 */
public record Cursor(String text) {
  private static final byte AFTER_NAME = 1;

  /** A page that starts after {@code name}. */
  public static Cursor after(ByteString name) {
    byte[] bytes = new byte[name.size() + 1];
    bytes[0] = AFTER_NAME;
    System.arraycopy(name.toBytes(), 0, bytes, 1, name.size());
    return new Cursor(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The name after which the page starts.
   *
   * @throws InvalidInputException where the text is none of {@link #after}
   */
  public ByteString name() {
    byte[] bytes = bytes();
    if (bytes.length == 0 || bytes[0] != AFTER_NAME) {
      throw new InvalidInputException(
          "after", "is '" + text + "'; it must be what an earlier page called next");
    }
    return ByteString.of(Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  private byte[] bytes() {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException malformed) {
      return new byte[0];
    }
  }
}
