package io.countess.event.codec;

import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;

/**
 * When an event happened, where the record has another timestamp since the log takes none so old:
 * in {@link LogFormat#TIME_HEADER}, as decimal milliseconds since the epoch.
 */
public final class TimeHeader {
  private TimeHeader() {}

  public static byte[] encode(long atMillis) {
    return Millis.encode(atMillis);
  }

  /**
   * When the event of a record happened: at its timestamp, where it has no such header.
   *
   * @param value of the header, or null where there is none
   * @param timestamp of the record
   * @throws InvalidInputException where the value is no time, or one after the timestamp, which
   *     brokers have compared with their clocks
   */
  public static long decode(byte[] value, long timestamp) {
    if (value == null) {
      return timestamp;
    }
    long at = Millis.decode(value).orElse(Long.MAX_VALUE);
    if (at == Long.MAX_VALUE) {
      throw new InvalidInputException(
          LogFormat.TIME_HEADER, "is no time; it must be milliseconds since 1970, in digits");
    }
    if (at > timestamp) {
      throw new InvalidInputException(
          LogFormat.TIME_HEADER, "is later than the record's timestamp; it must be earlier");
    }
    return at;
  }
}
