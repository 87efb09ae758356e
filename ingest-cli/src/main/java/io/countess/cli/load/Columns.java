package io.countess.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the fields stand in the records of a file. */
final class Columns {
  private final Map<EventField, Integer> indexes = new EnumMap<>(EventField.class);
  private final Map<EventField, String> unnamed = new EnumMap<>(EventField.class);

  /**
   * @param places numbers from 1 on, or names that the first record has
   */
  Columns(Map<EventField, String> places) {
    places.forEach(
        (field, place) -> {
          if (isNumber(place)) {
            indexes.put(field, Integer.parseInt(place) - 1);
          } else {
            unnamed.put(field, place);
          }
        });
  }

  private static boolean isNumber(String place) {
    return place.matches("[1-9]\\d{0,4}");
  }

  /**
   * Whether a record is one of names: the first where there are names.
   *
   * @throws IOException where it has not all of them
   */
  boolean areNamedBy(CsvRecord record) throws IOException {
    if (unnamed.isEmpty()) {
      return false;
    }
    List<String> names =
        record.getFields().stream()
            .map(name -> new String(name.getBytes(ISO_8859_1), UTF_8))
            .toList();
    for (Map.Entry<EventField, String> entry : unnamed.entrySet()) {
      int index = names.indexOf(entry.getValue());
      if (index < 0) {
        throw new IOException(
            "has no column '%s'; its first line names %s"
                .formatted(
                    entry.getValue(), names.stream().limit(50).collect(Collectors.joining(", "))));
      }
      indexes.put(entry.getKey(), index);
    }
    unnamed.clear();
    return true;
  }

  /** From 0 on. */
  int of(EventField field) {
    return indexes.get(field);
  }
}
