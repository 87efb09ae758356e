package io.countess.client;

import io.countess.event.codec.EventLine;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;

/** Events as the bytes of NDJSON, made as they are read. */
final class EventLines extends InputStream {
  private final Iterator<EventLine> events;
  private byte[] line = {};
  private int at;

  EventLines(Iterator<EventLine> events) {
    this.events = events;
  }

  /** What there is of one line at most: the next one may have to be waited for. */
  @Override
  public int read(byte[] into, int from, int length) {
    if (length == 0) {
      return 0;
    } else if (at == line.length && !next()) {
      return -1;
    }
    int count = Math.min(length, line.length - at);
    System.arraycopy(line, at, into, from, count);
    at += count;
    return count;
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
    byte[] event = events.next().encode();
    line = Arrays.copyOf(event, event.length + 1);
    line[event.length] = '\n';
    at = 0;
    return true;
  }
}
