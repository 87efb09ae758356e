package io.countess.topology;

import io.countess.event.Event;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that has been read and placed.
 *
 * @param atMillis when it happened, which for a forwarded record its mark says
 * @param offset where it stands in this partition
 */
record Incoming(
    Record<byte[], byte[]> record, Event event, Placement place, long atMillis, long offset) {
  boolean isPolicyChange() {
    return event instanceof Event.ChangePolicy || event instanceof Event.ChangeDefaults;
  }
}
