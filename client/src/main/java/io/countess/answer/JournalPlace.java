package io.countess.answer;

import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import java.util.regex.Pattern;

/**
 * Where an entry of a journal stands, as {@code 0@17}: the partition and offset of the record. Of
 * several events in one record that were on the same counter those behind the first also say the
 * how manieth they are, from 1 on: {@code 0@17.1}.
 */
public record JournalPlace(int partition, long offset, int part) {
  /** The most events of one record. */
  public static final int MAX_PART = 255;

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})@(\\d{1,18})(?:\\.(\\d{1,3}))?");

  /** Checks the numbers. */
  public JournalPlace {
    if (partition < 0 || offset < 0 || part < 0 || part > MAX_PART) {
      throw new IllegalArgumentException(partition + "@" + offset + "." + part);
    }
  }

  /** The first event of a record, or its only one. */
  public JournalPlace(int partition, long offset) {
    this(partition, offset, 0);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException for anything else
   */
  public static JournalPlace parse(String field, String text) {
    var parts = FORM.matcher(text);
    int part = parts.matches() && parts.group(3) != null ? Integer.parseInt(parts.group(3)) : 0;
    if (!parts.matches() || part > MAX_PART) {
      throw new InvalidInputException(
          field, "is '" + text + "'; it must be a position such as 0@17");
    }
    return new JournalPlace(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), part);
  }

  /** The position of the record. */
  public Position position() {
    return Position.of(partition, offset);
  }

  @Override
  public String toString() {
    return partition + "@" + offset + (part == 0 ? "" : "." + part);
  }
}
