package io.countess.count;

import io.countess.event.WindowSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Windows that are a part of a day long. One begins at each instant at which the local clock comes
 * to show a whole multiple of the length since midnight.
 *
 * <p>While the clock's offset stays the same that is arithmetic. Where the clock jumps forward to
 * or over one or more multiples, one window begins with the jump. Where it jumps back, one begins
 * with the jump if the clock then shows a multiple. Else the window goes on: it may be longer than
 * its length, by as much as the clock was set back.
 */
final class ClockWindows implements Windows {
  private final long lengthMillis;
  private final ZoneRules rules;

  ClockWindows(Duration length, ZoneId zone) {
    this.lengthMillis = length.toMillis();
    this.rules = zone.getRules();
  }

  @Override
  public WindowSpan holding(long millis) {
    return new WindowSpan(start(millis), end(millis));
  }

  /** The last beginning that is not after {@code millis}. */
  private long start(long millis) {
    long from = millis;
    while (true) {
      var at = Instant.ofEpochMilli(from);
      long start = multiple(from, rules.getOffset(at));
      // The one before the next instant, as one at this very instant has happened.
      var jump = rules.isFixedOffset() ? null : rules.previousTransition(at.plusNanos(1));
      if (jump == null || millis(jump) <= start) {
        return start;
      }
      if (isBeginning(jump)) {
        return millis(jump);
      }
      from = millis(jump) - 1;
    }
  }

  /** The first beginning after {@code millis}. */
  private long end(long millis) {
    long from = millis;
    while (true) {
      var at = Instant.ofEpochMilli(from);
      long end = multiple(from, rules.getOffset(at)) + lengthMillis;
      var jump = rules.isFixedOffset() ? null : rules.nextTransition(at);
      if (jump == null || end < millis(jump)) {
        return end;
      }
      if (isBeginning(jump)) {
        return millis(jump);
      }
      from = millis(jump);
    }
  }

  private boolean isBeginning(ZoneOffsetTransition jump) {
    long before = millis(jump) + offsetMillis(jump.getOffsetBefore());
    long after = millis(jump) + offsetMillis(jump.getOffsetAfter());
    long multiple = Math.floorDiv(after, lengthMillis) * lengthMillis;
    return jump.isGap() ? multiple >= before : multiple == after;
  }

  /** When a clock of this offset last showed a multiple of the length. */
  private long multiple(long millis, ZoneOffset offset) {
    return millis - Math.floorMod(millis + offsetMillis(offset), lengthMillis);
  }

  private static long millis(ZoneOffsetTransition jump) {
    return jump.toEpochSecond() * 1000;
  }

  private static long offsetMillis(ZoneOffset offset) {
    return offset.getTotalSeconds() * 1000L;
  }
}
