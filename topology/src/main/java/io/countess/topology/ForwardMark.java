package io.countess.topology;

import io.countess.event.LogFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Says where a forwarded record comes from, so that it is folded exactly once.
 *
 * @param partition where it stood
 * @param offset and at which offset
 * @param previous the offset of the record that was forwarded from there to the same partition
 *     before it, or -1
 * @param atMillis the record's own time, since the time of the forwarded record may have to be
 *     later for the log to take it
 */
record ForwardMark(int partition, long offset, long previous, long atMillis) {
  private static final int BYTES = 4 + 3 * 8;

  /** The mark of a record; empty where it has none, or one that nobody here wrote. */
  static Optional<ForwardMark> of(Headers headers) {
    Header header = headers.lastHeader(LogFormat.FORWARDED_HEADER);
    if (header == null || header.value() == null || header.value().length != BYTES) {
      return Optional.empty();
    }
    var in = ByteBuffer.wrap(header.value());
    return Optional.of(new ForwardMark(in.getInt(), in.getLong(), in.getLong(), in.getLong()));
  }

  byte[] encode() {
    var out = ByteBuffer.allocate(BYTES);
    return out.putInt(partition).putLong(offset).putLong(previous).putLong(atMillis).array();
  }
}
