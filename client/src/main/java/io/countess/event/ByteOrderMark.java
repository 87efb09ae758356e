package io.countess.event;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What some programs write before a text, unseen. Before UTF-8 it is no part of the text, and is
 * taken off at the start of a file or of a body. Before UTF-16 it says that this is no UTF-8.
 */
public final class ByteOrderMark {
  private static final byte[] UTF_8 = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final char CHAR = '\ufeff';
  private static final String OTHER = "is UTF-16; it must be UTF-8";

  private ByteOrderMark() {}

  /**
   * A body without it.
   *
   * @param what it is, for the message
   * @throws InvalidInputException where it is UTF-16
   */
  public static byte[] without(String what, byte[] text) {
    if (text.length >= 2 && isUtf16(text[0], text[1])) {
      throw new InvalidInputException(what, OTHER);
    }
    boolean has = text.length >= UTF_8.length && Arrays.equals(text, 0, 3, UTF_8, 0, 3);
    return has ? Arrays.copyOfRange(text, UTF_8.length, text.length) : text;
  }

  /** A value without it. */
  public static String without(String text) {
    return !text.isEmpty() && text.charAt(0) == CHAR ? text.substring(1) : text;
  }

  /**
   * A stream without it. Nothing more is waited for than what tells whether it is there; a stream
   * of UTF-16 ends at once with a {@link CharConversionException}.
   */
  public static InputStream without(InputStream text) {
    return new Stream(text);
  }

  /**
   * Reads a file of UTF-8.
   *
   * @throws CharacterCodingException where it is something else, with UTF-16 named
   */
  public static String readFile(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length >= 2 && isUtf16(bytes[0], bytes[1])) {
      throw new Utf16Exception();
    }
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    return without(text.toString());
  }

  private static boolean isUtf16(byte first, byte second) {
    return (first & 0xff) == 0xfe && (second & 0xff) == 0xff
        || (first & 0xff) == 0xff && (second & 0xff) == 0xfe;
  }

  private static final class Utf16Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      return "it " + OTHER;
    }
  }

  private static final class Stream extends PushbackInputStream {
    private boolean started;

    Stream(InputStream in) {
      super(in, UTF_8.length);
    }

    @Override
    public int read() throws IOException {
      start();
      return super.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      start();
      return super.read(into, from, length);
    }

    private void start() throws IOException {
      if (started) {
        return;
      }
      started = true;
      var head = new byte[UTF_8.length];
      int length = 0;
      do {
        int next = super.read();
        if (next < 0) {
          break;
        }
        head[length++] = (byte) next;
        if (length == 2 && isUtf16(head[0], head[1])) {
          throw new CharConversionException(OTHER);
        }
      } while (mayGoOn(head, length));
      if (length < UTF_8.length || !Arrays.equals(head, UTF_8)) {
        unread(head, 0, length);
      }
    }

    private static boolean mayGoOn(byte[] head, int length) {
      boolean utf16 = length == 1 && (head[0] & 0xff) >= 0xfe;
      return length < UTF_8.length && (utf16 || Arrays.equals(head, 0, length, UTF_8, 0, length));
    }
  }
}
