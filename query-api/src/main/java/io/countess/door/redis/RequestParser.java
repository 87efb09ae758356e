package io.countess.door.redis;

import io.countess.event.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a stream into requests: arrays of bulk strings, or lines of words. It breaks off where Redis
 * does and in the same words, only at smaller bounds: what a connection makes it keep is limited.
 */
final class RequestParser {
  /** The most that the arguments of one request may take, and the longest line. */
  static final int MAX_BYTES = 64 * 1024;

  /** The most arguments of one request. */
  static final int MAX_ARGS = 1024;

  /** What one who has not logged in may send, which is enough to do so. */
  private static final int MAX_ARGS_UNKNOWN = 10;

  private static final int MAX_BULK_UNKNOWN = 16 * 1024;
  private static final int FIRST_KEPT = 512;

  /** What is kept of memory between requests. */
  private static final int KEPT_IDLE = 16 * 1024;

  private static final int MAX_DIGITS = 20;
  private static final int MAX_COUNT_LINE = 64;
  private static final int NONE = -1;

  private byte[] kept = new byte[FIRST_KEPT];
  private int from;
  private int to;
  private List<ByteString> args = new ArrayList<>();
  private int expected;
  private int bulk = NONE;
  private int size;
  private boolean isKnown;

  /** Up to where there is no end of the line that has begun. */
  private int looked;

  /** From now on the bounds are those for one who has logged in, or for one who has not. */
  void known(boolean known) {
    isKnown = known;
  }

  /** Whether a request has begun that has not ended. */
  boolean hasBegun() {
    return from < to || expected > 0;
  }

  /** Room for more bytes, which {@link #took} then takes: where they go, and from what index. */
  byte[] room(int bytes) {
    if (from > 0) {
      System.arraycopy(kept, from, kept, 0, to - from);
      to -= from;
      looked = Math.max(0, looked - from);
      from = 0;
    }
    if (to == 0 && kept.length > KEPT_IDLE) {
      kept = new byte[FIRST_KEPT];
    }
    if (kept.length - to < bytes) {
      kept = Arrays.copyOf(kept, Math.max(kept.length * 2, to + bytes));
    }
    return kept;
  }

  /** Where in {@link #room} the next bytes go. */
  int end() {
    return to;
  }

  /** So many bytes have been written to {@link #room}. */
  void took(int bytes) {
    to += bytes;
  }

  void take(byte[] bytes) {
    System.arraycopy(bytes, 0, room(bytes.length), to, bytes.length);
    took(bytes.length);
  }

  /**
   * The next request; null where it has not come to its end.
   *
   * @throws ProtocolException where there is none; nothing more can be read then
   */
  Args next() throws ProtocolException {
    while (from < to || expected > 0 && args.size() == expected) {
      if (expected == 0 && !begin()) {
        return null;
      }
      if (expected > 0 && args.size() < expected && !argument()) {
        return null;
      }
      if (expected > 0 && args.size() == expected) {
        return done();
      }
    }
    return null;
  }

  private Args done() {
    var whole = new Args(args);
    args = new ArrayList<>();
    expected = 0;
    size = 0;
    return whole;
  }

  /** Reads how many arguments there are, or all of them from one line; an empty one is passed. */
  private boolean begin() throws ProtocolException {
    return kept[from] == '*' ? beginArray() : beginLine();
  }

  private boolean beginArray() throws ProtocolException {
    int end = lineEnd((byte) '\r', MAX_COUNT_LINE, "too big mbulk count string");
    if (end == NONE) {
      return false;
    }
    long count = number(from + 1, end);
    if (count > MAX_ARGS) {
      throw new ProtocolException("invalid multibulk length");
    } else if (count > MAX_ARGS_UNKNOWN && !isKnown) {
      throw new ProtocolException("unauthenticated multibulk length");
    }
    from = end + 2;
    expected = (int) Math.max(0, count);
    return true;
  }

  private boolean beginLine() throws ProtocolException {
    int end = lineEnd((byte) '\n', MAX_BYTES, "too big inline request");
    if (end == NONE) {
      return false;
    }
    int last = end > from && kept[end - 1] == '\r' ? end - 1 : end;
    args = InlineWords.of(kept, from, last);
    from = end + 1;
    expected = args.size();
    if (expected > MAX_ARGS) {
      throw new ProtocolException("invalid multibulk length");
    }
    return true;
  }

  /** Reads one bulk string, or its length. */
  private boolean argument() throws ProtocolException {
    if (bulk == NONE && !bulkLength()) {
      return false;
    }
    if (to - from < bulk + 2) {
      return false;
    }
    args.add(ByteString.of(kept, from, from + bulk));
    from += bulk + 2;
    size += bulk;
    bulk = NONE;
    return true;
  }

  private boolean bulkLength() throws ProtocolException {
    int end = lineEnd((byte) '\r', MAX_COUNT_LINE, "too big bulk count string");
    if (end == NONE) {
      return false;
    }
    if (kept[from] != '$') {
      throw new ProtocolException("expected '$', got '" + (char) (kept[from] & 0xFF) + "'");
    }
    long length = number(from + 1, end);
    if (length < 0 || length > MAX_BYTES - size) {
      throw new ProtocolException("invalid bulk length");
    } else if (length > MAX_BULK_UNKNOWN && !isKnown) {
      throw new ProtocolException("unauthenticated bulk length");
    }
    bulk = (int) length;
    from = end + 2;
    return true;
  }

  /** Where the line ends that begins here; of one that ends in CR LF both have come. */
  private int lineEnd(byte last, int longest, String tooLong) throws ProtocolException {
    int at = Math.max(from, looked);
    while (at < to && kept[at] != last) {
      at++;
    }
    if (at - from > longest) {
      throw new ProtocolException(tooLong);
    }
    boolean isWhole = at < (last == '\r' ? to - 1 : to);
    looked = isWhole ? 0 : at;
    return isWhole ? at : NONE;
  }

  /** The number there; where it is none, one that is too high. */
  private long number(int start, int end) {
    if (end - start < 1 || end - start > MAX_DIGITS) {
      return Long.MAX_VALUE;
    }
    return Args.whole(ByteString.of(kept, start, end)).orElse(Long.MAX_VALUE);
  }
}
