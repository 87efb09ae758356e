package io.countess.cli.load;

import io.countess.event.Batch;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.Terms;
import io.countess.event.codec.EventLine;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;

/**
 * Looks at the events that are read through it. Finds counters with more events than a counter
 * remembers ids, unless its policy says otherwise. What is no event is left to the server to
 * refuse.
 */
final class CountedLines extends ObservedStream {
  /** A line that is longer is not looked at. */
  private static final int MAX_LINE_BYTES = LogFormat.MAX_RECORD_BYTES;

  private final FrequentCounters counters = new FrequentCounters();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  CountedLines(InputStream events) {
    super(events);
  }

  /** The counters that may not have taken all of their lines. */
  List<FrequentCounters.Frequent> overIds() {
    return counters.over(Terms.DEFAULT.maxIds());
  }

  @Override
  void seen(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '\n') {
        ended();
      } else if (line.size() <= MAX_LINE_BYTES) {
        line.write(bytes[i]);
      }
    }
  }

  @Override
  void ended() {
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
      } else if (event.event() instanceof Batch batch) {
        batch.parts().forEach(part -> counters.add(part.counter()));
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
