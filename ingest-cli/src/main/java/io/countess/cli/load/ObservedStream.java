package io.countess.cli.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that looks at everything that is read through it, in whichever way, once. */
abstract class ObservedStream extends FilterInputStream {
  ObservedStream(InputStream in) {
    super(in);
  }

  /** So many bytes have been read. */
  abstract void seen(byte[] bytes, int from, int length);

  /** Nothing more comes; may be said again. */
  void ended() {}

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    if (read < 0) {
      ended();
    } else {
      seen(into, from, read);
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, Integer.MAX_VALUE)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
