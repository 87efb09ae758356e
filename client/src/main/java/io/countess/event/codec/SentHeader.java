package io.countess.event.codec;

import io.countess.event.LogFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * When a record was sent, where that is not its own time: in {@link LogFormat#SENT_HEADER}, as
 * decimal milliseconds since the epoch. An event is remembered by its id from then on.
 */
public final class SentHeader {
  /** The log takes nothing that is older; so nobody can have an id remembered for ever. */
  private static final long MAX_LATER_MILLIS = Duration.ofDays(7).toMillis();

  private static final int MAX_DIGITS = 18;

  private SentHeader() {}

  public static byte[] encode(long sentMillis) {
    return Long.toString(sentMillis).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * When the record was sent: its own time, where the value says nothing that can be.
   *
   * @param value of the header, or null
   * @param atMillis the record's own time
   */
  public static long decode(byte[] value, long atMillis) {
    if (value == null || value.length == 0 || value.length > MAX_DIGITS) {
      return atMillis;
    }
    long sent = 0;
    for (byte digit : value) {
      if (digit < '0' || digit > '9') {
        return atMillis;
      }
      sent = 10 * sent + digit - '0';
    }
    return sent > atMillis && sent - atMillis <= MAX_LATER_MILLIS ? sent : atMillis;
  }
}
