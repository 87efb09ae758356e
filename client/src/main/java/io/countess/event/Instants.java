package io.countess.event;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * Instants as people and programs write them: milliseconds since the epoch, or ISO-8601 with an
 * offset such as {@code 2026-01-31T12:00:00Z}.
 */
public final class Instants {
  private Instants() {}

  /**
   * Reads an instant as milliseconds since the epoch.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where {@code text} is no instant, or one before 1970
   */
  public static long parseMillis(String field, String text) {
    try {
      return requireMillis(field, Long.parseLong(text));
    } catch (NumberFormatException notMillis) {
      return requireMillis(field, parseIso(field, text).toEpochMilli());
    }
  }

  /**
   * Checks milliseconds since the epoch.
   *
   * @throws InvalidInputException where they are negative
   */
  public static long requireMillis(String field, long millis) {
    if (millis < 0) {
      throw new InvalidInputException(field, "is " + millis + "; it must not be before 1970");
    }
    return millis;
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
