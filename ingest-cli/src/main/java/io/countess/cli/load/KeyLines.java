package io.countess.cli.load;

import io.countess.client.LoadSummary.Rejection;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.codec.EventLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * Turns lines that are keys into lines that are events, one for one, so that the server counts
 * lines as the file does. A line that can't be a key becomes a blank one, which the server passes
 * over.
 */
final class KeyLines extends InputStream {
  /** How many rejected lines are told; the rest is only counted. */
  static final int MAX_REJECTIONS = 1000;

  private static final byte[] BLANK = {'\n'};

  private final InputStream keys;
  private final ByteString namespace;
  private final byte[] buffer = new byte[64 * 1024];
  private final ByteArrayOutputStream key = new ByteArrayOutputStream();
  private final List<Rejection> rejections = Collections.synchronizedList(new ArrayList<>());
  private int from;
  private int to;
  private byte[] line = {};
  private int sent;
  private long number;
  private volatile long rejected;

  KeyLines(InputStream keys, ByteString namespace) {
    this.keys = keys;
    this.namespace = namespace;
  }

  /** How many lines could not be keys. */
  long rejected() {
    return rejected;
  }

  /** Why, for the first {@link #MAX_REJECTIONS}. */
  List<Rejection> rejections() {
    return List.copyOf(rejections);
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    int filled = 0;
    while (filled < length && (sent < line.length || (filled == 0 || isReady()) && next())) {
      int count = Math.min(length - filled, line.length - sent);
      System.arraycopy(line, sent, into, start + filled, count);
      sent += count;
      filled += count;
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    keys.close();
  }

  /** Whether a line is there: those before it are handed on before one is waited for. */
  private boolean isReady() {
    int at = from;
    while (at < to && buffer[at] != '\n') {
      at++;
    }
    return at < to;
  }

  private boolean next() throws IOException {
    key.reset();
    long length = readLine();
    if (length < 0) {
      return false;
    }
    number++;
    sent = 0;
    byte[] kept = key.toByteArray();
    boolean crLf = kept.length > 0 && kept.length == length && kept[kept.length - 1] == '\r';
    long size = crLf ? length - 1 : length;
    line = size > CounterName.MAX_KEY_BYTES ? reject(size) : event(kept, (int) size);
    return true;
  }

  /** Reads one line into {@link #key}, as far as it fits; how long it was, or -1 at the end. */
  private long readLine() throws IOException {
    long length = 0;
    while (from < to || fill()) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      key.write(buffer, from, Math.min(end - from, Math.max(0, room())));
      length += end - from;
      boolean ended = end < to;
      from = ended ? end + 1 : to;
      if (ended) {
        return length;
      }
    }
    return length == 0 ? -1 : length;
  }

  /** One byte more than a key may have is a carriage return, or too much. */
  private int room() {
    return CounterName.MAX_KEY_BYTES + 1 - key.size();
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, keys.read(buffer, 0, buffer.length));
    return to > 0;
  }

  private byte[] reject(long length) {
    if (rejections.size() < MAX_REJECTIONS) {
      rejections.add(
          new Rejection(
              number,
              "key is %d bytes long; at most %d bytes are allowed"
                  .formatted(length, CounterName.MAX_KEY_BYTES)));
    }
    rejected = rejected + 1;
    return BLANK;
  }

  private static boolean isBlank(byte[] bytes, int size) {
    for (int i = 0; i < size; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private byte[] event(byte[] bytes, int size) {
    if (isBlank(bytes, size)) {
      return BLANK;
    }
    var counter = new CounterName(namespace, ByteString.of(bytes, 0, size));
    byte[] json = new EventLine(counter, Event.Put.ONE, OptionalLong.empty()).encode();
    byte[] ended = Arrays.copyOf(json, json.length + 1);
    ended[json.length] = '\n';
    return ended;
  }
}
