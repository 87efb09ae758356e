package io.countess.cli.load;

import java.io.InputStream;

/**
 * Counts the bytes, and the lines that are not blank, that are read through it, for readers on
 * other threads.
 */
final class Meter extends ObservedStream {
  private volatile long bytes;
  private volatile long lines;
  private boolean isBlank = true;

  Meter(InputStream in) {
    super(in);
  }

  long bytes() {
    return bytes;
  }

  long lines() {
    return lines;
  }

  // Only the thread that reads writes these.
  @Override
  void seen(byte[] read, int from, int length) {
    long ended = 0;
    for (int i = from; i < from + length; i++) {
      byte next = read[i];
      if (next == '\n') {
        ended += isBlank ? 0 : 1;
        isBlank = true;
      } else if (next != ' ' && next != '\t' && next != '\r') {
        isBlank = false;
      }
    }
    lines = lines + ended;
    bytes = bytes + length;
  }

  @Override
  void ended() {
    lines = isBlank ? lines : lines + 1;
    isBlank = true;
  }
}
