package io.countess.event.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What {@link Gunzip} makes of a stream. */
public final class GunzipStream extends FilterInputStream {
  private static final int PACKED_BYTES = 64 * 1024;

  private final Gunzip gunzip = new Gunzip();
  private final byte[] packed = new byte[PACKED_BYTES];

  /** The bytes that {@code in} has packed. */
  public GunzipStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = gunzip.take(into, start, length);
    while (count == 0) {
      int more = in.read(packed, 0, packed.length);
      if (more < 0) {
        gunzip.end();
        return -1;
      }
      gunzip.give(packed, 0, more);
      count = gunzip.take(into, start, length);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, Integer.MAX_VALUE)).length;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    gunzip.close();
    super.close();
  }
}
