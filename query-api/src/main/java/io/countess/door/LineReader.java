package io.countess.door;

import io.countess.event.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines from a stream of any length in a fixed amount of memory. Lines end in LF or CR LF,
 * the last one perhaps in nothing; blank lines are passed over, and counted.
 */
public final class LineReader implements AutoCloseable {
  /** The longest line that is kept, in bytes. */
  public static final int MAX_LINE_BYTES = LogFormat.MAX_RECORD_BYTES;

  private static final int READ_BYTES = 64 * 1024;
  private static final int FIRST_BYTES = 8 * 1024;
  private static final byte[] TOO_LONG = new byte[0];

  private final InputStream in;

  /** As large as it has to be: most of those that are open are quiet. */
  private byte[] buffer = new byte[FIRST_BYTES];

  private boolean isBusy;
  private int from;
  private int to;
  private long number;

  /**
   * @param first the number of the first line
   */
  public LineReader(InputStream in, long first) {
    this.in = in;
    this.number = first - 1;
  }

  /**
   * A line.
   *
   * @param bytes without the line end
   */
  public record Line(long number, byte[] bytes) {
    /** Whether it was longer than {@link #MAX_LINE_BYTES}, and was not kept. */
    public boolean isTooLong() {
      return bytes == TOO_LONG;
    }
  }

  /** The next line that is not blank; null at the end. */
  public Line next() throws IOException {
    while (true) {
      int end = lineEnd();
      if (end < 0) {
        return null;
      }
      number++;
      if (end - from > MAX_LINE_BYTES) {
        skipLine(end);
        return new Line(number, TOO_LONG);
      }
      byte[] bytes = strip(from, end);
      from = Math.min(end + 1, to);
      if (bytes.length > 0) {
        return new Line(number, bytes);
      }
    }
  }

  /**
   * Where the line that starts at {@link #from} ends: at its LF, or where the stream or the
   * patience ends; -1 where there is none.
   */
  private int lineEnd() throws IOException {
    int at = from;
    while (true) {
      while (at < to && buffer[at] != '\n') {
        at++;
      }
      if (at < to || to - from > MAX_LINE_BYTES) {
        return at;
      }
      at -= from;
      if (!fill()) {
        return from < to ? to : -1;
      }
    }
  }

  /** Reads more behind what is there, which moves to the start of the buffer. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    if (buffer.length - to < buffer.length / 2 || isBusy) {
      buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, MAX_LINE_BYTES + READ_BYTES));
    }
    int room = Math.min(READ_BYTES, buffer.length - to);
    int read = in.read(buffer, to, room);
    isBusy = read == room;
    to += Math.max(0, read);
    return read >= 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void skipLine(int end) throws IOException {
    int at = end;
    while (at == to || buffer[at] != '\n') {
      if (at < to) {
        at++;
        continue;
      }
      from = to;
      at = 0;
      if (!fill()) {
        return;
      }
    }
    from = at + 1;
  }

  /** The bytes without CR and other blanks around them. */
  private byte[] strip(int start, int end) {
    int first = start;
    int last = end;
    while (first < last && isBlank(buffer[first])) {
      first++;
    }
    while (last > first && isBlank(buffer[last - 1])) {
      last--;
    }
    return Arrays.copyOfRange(buffer, first, last);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
