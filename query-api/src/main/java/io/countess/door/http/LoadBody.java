package io.countess.door.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The body of a load. One whose length nobody knows yet is a pipe, and may pause for as long as it
 * likes: whether its sender is still there is TCP's to find out. One of a known length has to come.
 */
final class LoadBody extends InputStream {
  /** How many bytes a second have to come of a body of known length. */
  private static final int LEAST_RATE = 100;

  private static final long FOREVER_NANOS = Duration.ofDays(36_500).toNanos();

  private final Loads loads;
  private final InputStream in;
  private final EndPoint connection;
  private final long idleMillis;
  private final boolean isPipe;
  private boolean works;
  private long waitedNanos;
  private long bytes;

  LoadBody(Loads loads, Request request) {
    this.loads = loads;
    this.in = Content.Source.asInputStream(request);
    this.isPipe = request.getLength() < 0;
    this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
    this.idleMillis = connection.getIdleTimeout();
    // The connection is also idle while the log, or the fold, holds a load up.
    connection.setIdleTimeout(0);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    rest();
    long start = System.nanoTime();
    loads.waits(start + (isPipe ? FOREVER_NANOS : loads.idle().toNanos()));
    int read;
    try {
      read = in.read(into, from, length);
    } finally {
      loads.hasWaited();
    }
    waitedNanos += System.nanoTime() - start;
    bytes += Math.max(0, read);
    if (!isPipe && isTooSlow()) {
      throw Loads.tooSlow();
    }
    work();
    return read;
  }

  /** Gives the place back, and the connection its idle time. */
  @Override
  public void close() {
    rest();
    connection.setIdleTimeout(idleMillis);
  }

  private boolean isTooSlow() {
    return waitedNanos > loads.idle().toNanos() && bytes < LEAST_RATE * (waitedNanos / 1e9);
  }

  private void work() throws IOException {
    try {
      loads.working().acquire();
      works = true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void rest() {
    if (works) {
      works = false;
      loads.working().release();
    }
  }
}
