package io.countess.topology;

import io.countess.event.LogFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
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
 * @param settled whether {@code previous} and all before it were known to stand in the log of the
 *     receiving partition when this was sent: what is missing there then can never come
 */
record ForwardMark(int partition, long offset, long previous, long atMillis, boolean settled) {
  /** The first form did not say whether it is settled. */
  private static final int BYTES_OF_FIRST_FORM = 4 + 3 * 8;

  private static final int BYTES = BYTES_OF_FIRST_FORM + 1;
  private static final int ID_BYTES = 16;

  /** A mark of the first form. */
  ForwardMark(int partition, long offset, long previous, long atMillis) {
    this(partition, offset, previous, atMillis, false);
  }

  /** The mark of a record; empty where it has none, or something else under its name. */
  static Optional<ForwardMark> of(Headers headers) {
    Header header = headers.lastHeader(LogFormat.FORWARDED_HEADER);
    int bytes = header == null || header.value() == null ? 0 : header.value().length;
    if (bytes != BYTES && bytes != BYTES_OF_FIRST_FORM) {
      return Optional.empty();
    }
    var in = ByteBuffer.wrap(header.value());
    return Optional.of(
        new ForwardMark(
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.hasRemaining() && in.get() == 1));
  }

  /** The log in which a record was forwarded; empty where it was not, or does not say. */
  static Optional<Uuid> logOf(Headers headers) {
    Header forwarded = headers.lastHeader(LogFormat.FORWARDED_HEADER);
    Header header = headers.lastHeader(LogFormat.LOG_HEADER);
    if (forwarded == null || header == null || header.value() == null) {
      return Optional.empty();
    }
    var in = ByteBuffer.wrap(header.value());
    return in.remaining() == ID_BYTES
        ? Optional.of(new Uuid(in.getLong(), in.getLong()))
        : Optional.empty();
  }

  /** Puts this into the headers of a record that is forwarded in the log with this id. */
  void write(Headers headers, Uuid log) {
    headers.remove(LogFormat.FORWARDED_HEADER).remove(LogFormat.LOG_HEADER);
    headers.add(LogFormat.FORWARDED_HEADER, encode());
    var id = ByteBuffer.allocate(ID_BYTES);
    id.putLong(log.getMostSignificantBits()).putLong(log.getLeastSignificantBits());
    headers.add(LogFormat.LOG_HEADER, id.array());
  }

  /**
   * Whether a fold can have written this. Anybody can write such a header, and what no fold wrote
   * must neither hide a record nor let time pass.
   *
   * @param into the partition in which the marked record stands
   * @param partitions of the log
   * @param timestamp of the marked record, which is never earlier than its own time
   */
  boolean isPossible(int into, int partitions, long timestamp) {
    return partition >= 0
        && partition < partitions
        && partition != into
        && offset >= 0
        && previous >= -1
        && previous < offset
        && atMillis > 0
        && atMillis <= timestamp;
  }

  byte[] encode() {
    var out = ByteBuffer.allocate(BYTES);
    out.putInt(partition).putLong(offset).putLong(previous).putLong(atMillis);
    return out.put((byte) (settled ? 1 : 0)).array();
  }
}
