package io.countess.topology;

import io.countess.count.State;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.SentHeader;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that has been read and placed.
 *
 * @param atMillis when it happened, which for a forwarded record its mark says, and for one that a
 *     server stamped the clock of the partition
 * @param offset where it stands in this partition
 * @param isStamped whether a server did so
 */
record Incoming(
    Record<byte[], byte[]> record,
    Event event,
    Placement place,
    long atMillis,
    long offset,
    boolean isStamped) {
  /** A record that bears its own time. */
  Incoming(
      Record<byte[], byte[]> record, Event event, Placement place, long atMillis, long offset) {
    this(record, event, place, atMillis, offset, false);
  }

  /** What the server that stamped a record says of the clock; empty where no server has. */
  static Optional<ClockStamp> stamp(Record<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(LogFormat.CLOCK_HEADER);
    return header == null ? Optional.empty() : ClockStamp.decode(header.value());
  }

  /** When it was sent: at {@link #atMillis} or later. */
  long sentMillis() {
    Header header = record.headers().lastHeader(LogFormat.SENT_HEADER);
    return header == null ? atMillis : SentHeader.decode(header.value(), atMillis);
  }

  /** The same record, as if it had happened at another time. */
  Incoming happening(long otherMillis) {
    return new Incoming(record, event, place, otherMillis, offset, isStamped);
  }

  /** The same record, which a server stamped, at the time of the partition. */
  Incoming stampedAt(long clockMillis) {
    return new Incoming(record, event, place, clockMillis, offset, true);
  }

  /**
   * When it happens to a counter. What a server stamped does so at once, also where the counter is
   * ahead since a producer's clock was: nobody has said that it happened before.
   */
  long atMillis(State before) {
    return isStamped && before != null ? Math.max(atMillis, before.atMillis()) : atMillis;
  }

  boolean isPolicyChange() {
    return event instanceof Event.ChangePolicy || event instanceof Event.ChangeDefaults;
  }
}
