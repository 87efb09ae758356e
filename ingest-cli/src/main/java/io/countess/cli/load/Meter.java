package io.countess.cli.load;

import java.io.InputStream;

/** Counts the bytes and lines that are read through it, for readers on other threads. */
final class Meter extends ObservedStream {
  private volatile long bytes;
  private volatile long lines;

  Meter(InputStream in) {
    super(in);
  }

  long bytes() {
    return bytes;
  }

  long lines() {
    return lines;
  }

  @Override
  void seen(byte[] read, int from, int length) {
    long ended = 0;
    for (int i = from; i < from + length; i++) {
      if (read[i] == '\n') {
        ended++;
      }
    }
    // Only the thread that reads writes these.
    lines = lines + ended;
    bytes = bytes + length;
  }
}
