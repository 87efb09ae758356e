package io.countess.event.codec;

import io.countess.event.LogFormat;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The content of {@link LogFormat#CLOCK_HEADER}: that a server stamped the record, and what it knew
 * of the clock of its partition then. The record's timestamp is that of the server's wall clock,
 * which brokers hold against their own.
 *
 * @param aheadMillis how far the partition's clock was ahead of the record's timestamp
 * @param skippedMillis how much of that clock's way is no time that has passed, since wall clocks
 *     were set forward or nobody watched. {@link #UNKNOWN} where the server does not hold the
 *     partition, and knows nothing of its clock
 */
public record ClockStamp(long aheadMillis, long skippedMillis) {
  /** Not known. */
  public static final long UNKNOWN = -1;

  /** Of a server that knows nothing of the partition's clock. */
  public static final ClockStamp BY_WALL_CLOCK = new ClockStamp(0, UNKNOWN);

  private static final byte VERSION = 1;
  private static final int MAX_BYTES = 1 + 2 * 10;

  public boolean isKnown() {
    return skippedMillis != UNKNOWN;
  }

  /** The header's value: a version, and unless nothing is known both numbers as varints. */
  public byte[] encode() {
    if (!isKnown()) {
      return new byte[] {VERSION};
    }
    var out = ByteBuffer.allocate(MAX_BYTES).put(VERSION);
    write(out, aheadMillis);
    write(out, skippedMillis);
    byte[] value = new byte[out.position()];
    out.flip().get(value);
    return value;
  }

  /** Reads a value; empty where no server wrote it, or one of a later version. */
  public static Optional<ClockStamp> decode(byte[] value) {
    if (value == null || value.length == 0 || value.length > MAX_BYTES || value[0] != VERSION) {
      return Optional.empty();
    }
    if (value.length == 1) {
      return Optional.of(BY_WALL_CLOCK);
    }
    var in = ByteBuffer.wrap(value, 1, value.length - 1);
    long ahead = read(in);
    long skipped = read(in);
    return ahead < 0 || skipped < 0 || in.hasRemaining()
        ? Optional.empty()
        : Optional.of(new ClockStamp(ahead, skipped));
  }

  private static void write(ByteBuffer out, long number) {
    long rest = number;
    while (rest >>> 7 != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /** Negative where there is no number, or one of more than 63 bits. */
  private static long read(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < 63 && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    return -1;
  }
}
