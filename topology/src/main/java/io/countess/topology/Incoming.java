package io.countess.topology;

import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.codec.SentHeader;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that has been read and placed.
 *
 * @param atMillis when it happened, which for a forwarded record its mark says
 * @param offset where it stands in this partition
 */
record Incoming(
    Record<byte[], byte[]> record, Event event, Placement place, long atMillis, long offset) {
  /** When it was sent: at {@link #atMillis} or later. */
  long sentMillis() {
    Header header = record.headers().lastHeader(LogFormat.SENT_HEADER);
    return header == null ? atMillis : SentHeader.decode(header.value(), atMillis);
  }

  /** The same record, as if it had happened at another time. */
  Incoming happening(long otherMillis) {
    return new Incoming(record, event, place, otherMillis, offset);
  }

  boolean isPolicyChange() {
    return event instanceof Event.ChangePolicy || event instanceof Event.ChangeDefaults;
  }
}
