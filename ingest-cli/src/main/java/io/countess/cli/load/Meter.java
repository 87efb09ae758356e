package io.countess.cli.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes and lines that are read through it, for readers on other threads. */
final class Meter extends FilterInputStream {
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
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    long ended = 0;
    for (int i = from; i < from + read; i++) {
      if (into[i] == '\n') {
        ended++;
      }
    }
    // Only the thread that reads writes these.
    lines = lines + ended;
    bytes = bytes + Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    return in.readNBytes((int) Math.min(count, Integer.MAX_VALUE)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
