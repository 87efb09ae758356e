package io.countess.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lines, cut into parts of so many: what is read ends with the part, until {@link #hasNext} says
 * that there is one more. Where lines can't be read any further they end there, and {@link
 * #failure} says why: a body that breaks off would take its answer with it.
 */
final class Parts extends FilterInputStream {
  private final int mostLines;
  private long before;
  private int ahead = -1;
  private volatile int lines;
  private volatile boolean reading;
  private volatile long taken;
  private volatile IOException failure;
  private long seen = -1;

  Parts(InputStream in, int mostLines) {
    super(in);
    this.mostLines = mostLines;
  }

  /** How many lines stand before the part. */
  long before() {
    return before;
  }

  /** Why the lines end before their end, or null. */
  IOException failure() {
    return failure;
  }

  /** Whether there is one more part, which is to be read then. */
  boolean hasNext() {
    if (lines < mostLines || failure != null) {
      return false;
    }
    before += lines;
    lines = 0;
    ahead = read();
    return ahead >= 0;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    if (lines >= mostLines || failure != null || length == 0) {
      return length == 0 ? 0 : -1;
    }
    if (ahead >= 0) {
      into[from] = (byte) ahead;
      ahead = -1;
      return 1;
    }
    reading = true;
    try {
      return taken(into, from, super.in.read(into, from, room(length)));
    } catch (IOException unreadable) {
      failure = unreadable;
      return -1;
    } finally {
      reading = false;
    }
  }

  /** So short that no line of the next part can be in it: each has its end at least. */
  private int room(int length) {
    return Math.min(length, mostLines - lines);
  }

  private int taken(byte[] into, int from, int read) {
    int ended = 0;
    for (int i = from; i < from + read; i++) {
      if (into[i] == '\n') {
        ended++;
      }
    }
    lines = lines + ended;
    taken = taken + Math.max(0, read);
    return read;
  }

  /** The part has been sent; the lines are closed by whoever opened them. */
  @Override
  public void close() {}

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Whether the source is being waited for, or something was taken since the last look. */
  boolean hasMoved() {
    long now = taken;
    boolean moved = reading || now != seen;
    seen = now;
    return moved;
  }

  /** How many bytes have been taken. */
  long taken() {
    return taken;
  }
}
