package io.countess.door.tenants;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Instants as Go writes and reads them in JSON (RFC 3339, with no zeros at the end). */
final class GoTime {
  private GoTime() {}

  static String format(long millis) {
    String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis));
    int point = text.indexOf('.');
    return point < 0 ? text : text.replaceFirst("0+Z$", "Z");
  }

  /** The instant; empty where the text is none. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant());
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
