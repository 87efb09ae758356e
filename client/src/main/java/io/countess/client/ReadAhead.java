package io.countess.client;

import io.countess.event.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The lines of a source, which are read ahead on a thread of their own, up to a bound, and taken in
 * parts: whatever is there. So a source may be quiet for as long as it likes, and no line waits for
 * the next one.
 */
final class ReadAhead implements Runnable {
  private static final int READ_BYTES = 64 * 1024;

  /** One byte more than a line may have: the server is to see that it is too long. */
  private static final int MAX_LINE_BYTES = LogFormat.MAX_RECORD_BYTES + 1;

  private final InputStream in;
  private byte[] kept = new byte[READ_BYTES];
  private int size;

  /** How much of that is whole lines. */
  private int whole;

  /** How much is kept of the line that is being read. */
  private int line;

  private int most = READ_BYTES;
  private long taken;
  private boolean ended;
  private Exception failure;

  ReadAhead(InputStream in) {
    this.in = in;
  }

  /** Reads until the source ends, or nobody takes any more. */
  @Override
  public void run() {
    byte[] some = new byte[READ_BYTES];
    try {
      int read = in.read(some);
      while (read >= 0 && isKept(some, read)) {
        read = in.read(some);
      }
      end(null);
    } catch (IOException | RuntimeException unreadable) {
      end(unreadable);
    } catch (InterruptedException stopped) {
      end(new IOException("interrupted", stopped));
    }
  }

  /** Waits for the first line, or the end; false where neither comes in time, or no line. */
  synchronized boolean comesWithin(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    long left = patience.toNanos();
    while (whole == 0 && !ended && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = until - System.nanoTime();
    }
    return whole > 0 || failure != null;
  }

  /**
   * Takes the next lines, soon after there is one: no more bytes or lines than that, but one line
   * at least, and all of one block.
   *
   * @param linger how long a line waits for others
   * @return empty at the end
   */
  synchronized LoadPart take(int mostBytes, long mostLines, Duration linger)
      throws InterruptedException {
    most = mostBytes;
    notifyAll();
    while (whole == 0 && !ended) {
      wait();
    }
    long until = System.nanoTime() + linger.toNanos();
    long left = linger.toNanos();
    while (whole < mostBytes && !ended && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = until - System.nanoTime();
    }
    long blockEnd = LoadPart.BLOCK_LINES - taken % LoadPart.BLOCK_LINES;
    long lastLine = Math.min(mostLines, blockEnd);
    int end = 0;
    long lines = 0;
    for (int at = 0; at < whole && lines < lastLine && (at < mostBytes || lines == 0); at++) {
      if (kept[at] == '\n' || at == whole - 1) {
        lines++;
        end = at + 1;
      }
    }
    var part = new LoadPart(Arrays.copyOf(kept, end), taken);
    taken += lines;
    drop(end);
    return part;
  }

  /** Why the source ends before its end, or null. */
  synchronized Exception failure() {
    return failure;
  }

  /** Nobody takes any more. */
  synchronized void abandon() {
    ended = true;
    whole = 0;
    notifyAll();
  }

  private void drop(int end) {
    System.arraycopy(kept, end, kept, 0, size - end);
    size -= end;
    whole -= end;
    notifyAll();
  }

  private synchronized boolean isKept(byte[] some, int read) throws InterruptedException {
    while (whole > 0 && size + read > Math.max(most, READ_BYTES) && !ended) {
      wait();
    }
    if (size + read > kept.length) {
      kept = Arrays.copyOf(kept, Math.max(kept.length * 2, size + read));
    }
    int from = 0;
    for (int at = 0; at < read; at++) {
      if (some[at] == '\n') {
        keep(some, from, at - from);
        kept[size++] = '\n';
        whole = size;
        line = 0;
        from = at + 1;
      }
    }
    keep(some, from, read - from);
    notifyAll();
    return !ended;
  }

  /** Keeps a piece of a line, as far as a line is kept. */
  private void keep(byte[] some, int from, int length) {
    int fits = Math.min(length, MAX_LINE_BYTES - line);
    System.arraycopy(some, from, kept, size, fits);
    size += fits;
    line += fits;
  }

  /** Of a source that breaks off the last line may be half of one. */
  private synchronized void end(Exception why) {
    if (!ended) {
      ended = true;
      failure = why;
      whole = why == null ? size : whole;
      notifyAll();
    }
  }
}
