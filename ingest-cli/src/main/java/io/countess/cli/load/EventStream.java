package io.countess.cli.load;

import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns what a source has into lines that are events, one for one, so that the server counts lines
 * as the file does. A line that is no event becomes a blank one, which the server passes over.
 */
abstract class EventStream extends InputStream {
  static final byte[] BLANK = {'\n'};

  private final Tally tally;
  private byte[] line = {};
  private int sent;

  EventStream(Tally tally) {
    this.tally = tally;
  }

  /** The next line with its end, or null. */
  abstract byte[] next() throws IOException;

  /** Whether a line is there: those before it are handed on before one is waited for. */
  abstract boolean isReady();

  /** What became no events. */
  final Tally tally() {
    return tally;
  }

  @Override
  public final int read(byte[] into, int start, int length) throws IOException {
    int filled = 0;
    while (filled < length && (sent < line.length || (filled == 0 || isReady()) && advance())) {
      int count = Math.min(length - filled, line.length - sent);
      System.arraycopy(line, sent, into, start + filled, count);
      sent += count;
      filled += count;
    }
    return filled == 0 && length > 0 ? -1 : filled;
  }

  @Override
  public final int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private boolean advance() throws IOException {
    byte[] next = next();
    if (next == null) {
      return false;
    }
    line = next;
    sent = 0;
    return true;
  }

  /** The line of an event, blank where there is none. */
  final byte[] line(long number, Supplier<Optional<EventLine>> event) {
    try {
      Optional<EventLine> found = event.get();
      if (found.isPresent()) {
        byte[] json = found.get().encode();
        byte[] ended = Arrays.copyOf(json, json.length + 1);
        ended[json.length] = '\n';
        return ended;
      }
      tally.unmatched(number);
      return BLANK;
    } catch (InvalidInputException noEvent) {
      return rejected(number, noEvent.getMessage());
    }
  }

  /** A blank line for one that is told as rejected. */
  final byte[] rejected(long number, String reason) {
    tally.reject(number, reason);
    return BLANK;
  }
}
