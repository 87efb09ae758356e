package io.countess.event.codec;

import io.countess.event.LogFormat;
import java.time.Duration;

/**
 * When a record was sent, where that is not its own time: in {@link LogFormat#SENT_HEADER}, as
 * decimal milliseconds since the epoch. An event is remembered by its id from then on.
 */
public final class SentHeader {
  /** The log takes no older timestamp; so nobody can have an id remembered for ever. */
  private static final long MAX_LATER_MILLIS = Duration.ofDays(7).toMillis();

  private SentHeader() {}

  public static byte[] encode(long sentMillis) {
    return Millis.encode(sentMillis);
  }

  /**
   * When the record was sent: its own time, where the value says nothing that can be.
   *
   * @param value of the header, or null
   * @param atMillis the record's own time
   */
  public static long decode(byte[] value, long atMillis) {
    long sent = Millis.decode(value).orElse(atMillis);
    return sent > atMillis && sent - atMillis <= MAX_LATER_MILLIS ? sent : atMillis;
  }
}
