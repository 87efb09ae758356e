package io.countess.cli.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Each byte as one character. Hands on what is there, and waits for no more. At the end stands a
 * line more, of one character that is no byte: where it comes out inside something else, that had
 * no end.
 */
final class ByteReader extends Reader {
  static final String END = "\u0100";

  private static final String LAST_LINE = "\n" + END;

  private final InputStream in;
  private byte[] bytes = {};
  private int ended;

  ByteReader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    int read = ended > 0 ? -1 : in.read(bytes, 0, length);
    if (read < 0) {
      return lastLine(into, from, length);
    }
    for (int i = 0; i < read; i++) {
      into[from + i] = (char) (bytes[i] & 0xff);
    }
    return read;
  }

  private int lastLine(char[] into, int from, int length) {
    int left = Math.min(length, LAST_LINE.length() - ended);
    LAST_LINE.getChars(ended, ended + left, into, from);
    ended += left;
    return left == 0 ? -1 : left;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
