package io.countess.cli.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, one after the other. What is too long is measured, but not kept. */
final class BoundedLines {
  private final InputStream in;
  private final int mostBytes;
  private final byte[] buffer = new byte[64 * 1024];
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int from;
  private int to;
  private byte[] line = {};
  private long length;

  /**
   * @param mostBytes how long a line may be, without its end
   */
  BoundedLines(InputStream in, int mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /** Goes on to the next line; false at the end. */
  boolean next() throws IOException {
    kept.reset();
    length = readLine();
    if (length < 0) {
      return false;
    }
    byte[] read = kept.toByteArray();
    boolean crLf = read.length > 0 && read.length == length && read[read.length - 1] == '\r';
    length -= crLf ? 1 : 0;
    line = crLf ? Arrays.copyOf(read, read.length - 1) : read;
    return true;
  }

  /** The line, without its end; the beginning of one that is too long. */
  byte[] line() {
    return line;
  }

  /** How many bytes the line has. */
  long length() {
    return length;
  }

  boolean isTooLong() {
    return length > mostBytes;
  }

  boolean isBlank() {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Whether the next line is there, and need not be waited for. */
  boolean isReady() {
    int at = from;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return at < to;
  }

  /** Reads one line into {@link #kept}, as far as it fits; how long it was, or -1 at the end. */
  private long readLine() throws IOException {
    long read = 0;
    while (from < to || fill()) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      kept.write(buffer, from, Math.min(end - from, Math.max(0, room())));
      read += end - from;
      boolean ended = end < to;
      from = ended ? end + 1 : to;
      if (ended) {
        return read;
      }
    }
    return read == 0 ? -1 : read;
  }

  /** One byte more than a line may have is a carriage return, or too much. */
  private int room() {
    return mostBytes + 1 - kept.size();
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer, 0, buffer.length));
    return to > 0;
  }
}
