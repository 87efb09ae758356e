package io.countess.fold;

import io.countess.count.State;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.RecordKey;
import io.countess.event.codec.ClockStamp;
import io.countess.event.codec.SentHeader;
import io.countess.event.codec.TimeHeader;
import java.util.Optional;

/**
 * A record that has been read and placed.
 *
 * @param whole the event that the record bears, of which {@code event} may be a part
 * @param atMillis when it happened, which for a forwarded record its mark says, and for one that a
 *     server stamped the clock of the partition
 * @param isStamped whether a server did so
 */
record Incoming(
    LogRecord record, Event event, Event whole, Placement place, long atMillis, boolean isStamped) {
  /** A record that bears its own time. */
  Incoming(LogRecord record, Event event, Placement place, long atMillis) {
    this(record, event, event, place, atMillis, false);
  }

  /** Where it stands in this partition. */
  long offset() {
    return record.offset();
  }

  /** What the server that stamped a record says of the clock; empty where no server has. */
  static Optional<ClockStamp> stamp(LogRecord record) {
    return ClockStamp.decode(record.header(LogFormat.CLOCK_HEADER));
  }

  /** When the event of a record that nobody forwarded happened, by the record itself. */
  static long ownTime(LogRecord record) {
    return TimeHeader.decode(record.header(LogFormat.TIME_HEADER), record.timestamp());
  }

  /** Whether it says that it happened before its timestamp. */
  boolean happenedBefore() {
    return record.header(LogFormat.TIME_HEADER) != null;
  }

  /** When it was sent: at {@link #atMillis} or later. */
  long sentMillis() {
    long earliest = happenedBefore() ? Math.max(atMillis, record.timestamp()) : atMillis;
    return SentHeader.decode(record.header(LogFormat.SENT_HEADER), earliest);
  }

  /** The same record, as if it had happened at another time. */
  Incoming happening(long otherMillis) {
    return new Incoming(record, event, whole, place, otherMillis, isStamped);
  }

  /** One event of the same record, on a counter in the same partition. */
  Incoming part(Event one, byte[] recordKey) {
    var of = new Placement(recordKey, RecordKey.separator(recordKey), place.home());
    return new Incoming(record, one, whole, of, atMillis, isStamped);
  }

  /** The same record, which a server stamped, at the time of the partition. */
  Incoming stampedAt(long clockMillis) {
    return new Incoming(record, event, whole, place, clockMillis, true);
  }

  /**
   * When it happens to a counter. An event that a server stamped happens at once, also where a
   * producer's clock has taken the counter ahead. Nobody has said that it happened before.
   */
  long atMillis(State before) {
    return isStamped && before != null ? Math.max(atMillis, before.atMillis()) : atMillis;
  }

  boolean isPolicyChange() {
    return event instanceof Event.ChangePolicy || event instanceof Event.ChangeDefaults;
  }

  /** Whether it is a change of a policy that concerns more than one counter. */
  boolean isForAll() {
    boolean namesNamespace = place.separator() == place.key().length - 1;
    return event instanceof Event.ChangeDefaults
        || event instanceof Event.ChangePolicy && namesNamespace;
  }
}
