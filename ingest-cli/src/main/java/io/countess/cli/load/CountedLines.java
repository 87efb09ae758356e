package io.countess.cli.load;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.codec.EventLine;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Looks at the events that are read through it, to find counters of which there are more than a
 * counter remembers ids. What is no event is left to the server to refuse.
 */
final class CountedLines extends FilterInputStream {
  /** A line that is longer is not looked at. */
  private static final int MAX_LINE_BYTES = LogFormat.MAX_RECORD_BYTES;

  private final FrequentCounters counters = new FrequentCounters();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  CountedLines(InputStream events) {
    super(events);
  }

  /** The counters that may not have taken all of their lines. */
  List<FrequentCounters.Frequent> overIds() {
    return counters.over(Event.MAX_REMEMBERED_IDS);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    if (read < 0) {
      end();
    }
    for (int i = from; i < from + read; i++) {
      if (into[i] == '\n') {
        end();
      } else if (line.size() <= MAX_LINE_BYTES) {
        line.write(into[i]);
      }
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

  private void end() {
    if (line.size() > 0 && line.size() <= MAX_LINE_BYTES) {
      count(line.toByteArray());
    }
    line.reset();
  }

  private void count(byte[] json) {
    try {
      EventLine event = EventLine.decode(json);
      if (event.event() instanceof Event.Claim claim) {
        claim.parts().forEach(part -> counters.add(part.counter()));
      } else if (isRemembered(event.event())) {
        counters.add(event.counter());
      }
    } catch (InvalidInputException noEvent) {
      return;
    }
  }

  private static boolean isRemembered(Event event) {
    return !(event instanceof Event.ChangePolicy
        || event instanceof Event.ChangeDefaults
        || event instanceof Event.Tick);
  }
}
