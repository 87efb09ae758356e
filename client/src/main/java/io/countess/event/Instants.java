package io.countess.event;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/**
 * Instants as people and programs write them: milliseconds since the epoch, or ISO-8601 with an
 * offset such as {@code 2026-01-31T12:00:00Z}.
 */
public final class Instants {
  /** The last instant there is here, the end of 9999, in milliseconds. */
  public static final long LAST_MILLIS = 253_402_300_799_999L;

  private static final Instant LAST = Instant.ofEpochMilli(LAST_MILLIS);

  private Instants() {}

  /**
   * Reads an instant as milliseconds since the epoch.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where {@code text} is no instant, or one before 1970 or after
   *     9999
   */
  public static long parseMillis(String field, String text) {
    OptionalLong millis = Numbers.whole(text);
    return millis.isPresent()
        ? requireMillis(field, millis.getAsLong())
        : require(field, parseIso(field, text), "'" + text + "'").toEpochMilli();
  }

  /**
   * Checks milliseconds since the epoch.
   *
   * @throws InvalidInputException where they are negative, or after the year 9999
   */
  public static long requireMillis(String field, long millis) {
    require(field, Instant.ofEpochMilli(millis), Long.toString(millis));
    return millis;
  }

  private static Instant require(String field, Instant instant, String shown) {
    if (instant.isBefore(Instant.EPOCH)) {
      throw new InvalidInputException(field, "is " + shown + "; it must not be before 1970");
    } else if (instant.isAfter(LAST)) {
      throw new InvalidInputException(
          field, "is " + shown + "; it must not be after the year 9999");
    }
    return instant;
  }

  private static Instant parseIso(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException malformed) {
      throw new InvalidInputException(
          field,
          "is '"
              + text
              + "'; it must be milliseconds since the epoch or ISO-8601 as 2026-01-31T12:00:00Z");
    }
  }
}
