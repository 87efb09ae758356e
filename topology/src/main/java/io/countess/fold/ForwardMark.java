package io.countess.fold;

import io.countess.event.LogFormat;
import io.countess.state.LogId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;

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
 *     receiving partition when this was sent. A record that is missing there then can never come
 */
public record ForwardMark(
    int partition, long offset, long previous, long atMillis, boolean settled) {
  /** The first form did not say whether it is settled. */
  private static final int BYTES_OF_FIRST_FORM = 4 + 3 * 8;

  private static final int BYTES = BYTES_OF_FIRST_FORM + 1;
  private static final int ID_BYTES = 16;

  /** A mark that is not settled. */
  public ForwardMark(int partition, long offset, long previous, long atMillis) {
    this(partition, offset, previous, atMillis, false);
  }

  /** The mark of a record; empty where it has none, or something else under its name. */
  static Optional<ForwardMark> of(LogRecord record) {
    return decode(record.header(LogFormat.FORWARDED_HEADER));
  }

  /** The mark that a header holds; empty where it holds something else, or is null. */
  public static Optional<ForwardMark> decode(byte[] header) {
    int bytes = header == null ? 0 : header.length;
    if (bytes != BYTES && bytes != BYTES_OF_FIRST_FORM) {
      return Optional.empty();
    }
    var in = ByteBuffer.wrap(header);
    return Optional.of(
        new ForwardMark(
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.hasRemaining() && in.get() == 1));
  }

  /** The log in which a record was forwarded; empty where it was not, or does not say. */
  static Optional<LogId> logOf(LogRecord record) {
    byte[] header = record.header(LogFormat.LOG_HEADER);
    if (header == null || !record.hasHeader(LogFormat.FORWARDED_HEADER)) {
      return Optional.empty();
    }
    var in = ByteBuffer.wrap(header);
    return in.remaining() == ID_BYTES
        ? Optional.of(new LogId(in.getLong(), in.getLong()))
        : Optional.empty();
  }

  /** Whether a header is this one's, and not the record's own. */
  private static boolean isOfMark(String name) {
    return name.equals(LogFormat.FORWARDED_HEADER) || name.equals(LogFormat.LOG_HEADER);
  }

  /**
   * Hands over the headers of a record that is forwarded in the log with this id: its own, and
   * those that hold this mark.
   */
  public void write(LogRecord record, LogId log, BiConsumer<String, byte[]> headers) {
    record.forEachHeader(
        (name, value) -> {
          if (!isOfMark(name)) {
            headers.accept(name, value);
          }
        });
    write(log, headers);
  }

  /** Hands over the headers that hold this mark, in the log with this id. */
  public void write(LogId log, BiConsumer<String, byte[]> headers) {
    headers.accept(LogFormat.FORWARDED_HEADER, encode());
    var id = ByteBuffer.allocate(ID_BYTES);
    headers.accept(LogFormat.LOG_HEADER, id.putLong(log.high()).putLong(log.low()).array());
  }

  /** The same mark, of which this is known. */
  public ForwardMark settled(boolean isSettled) {
    return new ForwardMark(partition, offset, previous, atMillis, isSettled);
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

  public byte[] encode() {
    var out = ByteBuffer.allocate(BYTES);
    out.putInt(partition).putLong(offset).putLong(previous).putLong(atMillis);
    return out.put((byte) (settled ? 1 : 0)).array();
  }
}
