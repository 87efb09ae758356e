package io.countess.client;

import io.countess.event.codec.EventLine;
import java.io.InputStream;
import java.util.Iterator;

/** Events as the bytes of NDJSON, made as they are read. */
final class EventLines extends InputStream {
  private final Iterator<EventLine> events;
  private byte[] line = {};
  private int at;

  EventLines(Iterator<EventLine> events) {
    this.events = events;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    int filled = 0;
    while (filled < length && (at <= line.length && line.length > 0 || next())) {
      filled += copy(into, from + filled, length - filled);
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private boolean next() {
    if (!events.hasNext()) {
      return false;
    }
    line = events.next().encode();
    at = 0;
    return true;
  }

  private int copy(byte[] into, int from, int room) {
    if (at == line.length) {
      into[from] = '\n';
      line = new byte[0];
      return 1;
    }
    int length = Math.min(room, line.length - at);
    System.arraycopy(line, at, into, from, length);
    at += length;
    return length;
  }
}
