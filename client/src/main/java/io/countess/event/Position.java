package io.countess.event;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place in the log: the offset of a record in each partition concerned, as {@code
 * partition@offset}, comma-separated. A state includes a position when it has folded those records.
 *
 * @param offsets partition to offset
 */
public record Position(SortedMap<Integer, Long> offsets) {
  /** No demand at all. */
  public static final Position NONE = new Position(new TreeMap<>());

  private static final Pattern PART = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

  public Position {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
  }

  public static Position of(int partition, long offset) {
    return new Position(new TreeMap<>(Map.of(partition, offset)));
  }

  /**
   * Reads {@code 0@17,3@4}; the empty text is {@link #NONE}.
   *
   * @throws InvalidInputException for anything else
   */
  public static Position parse(String text) {
    var offsets = new TreeMap<Integer, Long>();
    if (!text.isBlank()) {
      for (String part : text.split(",", -1)) {
        var pair = PART.matcher(part.strip());
        if (!pair.matches()) {
          throw invalid(text);
        }
        offsets.merge(Integer.parseInt(pair.group(1)), Long.parseLong(pair.group(2)), Math::max);
      }
    }
    return new Position(offsets);
  }

  /** The offset demanded of {@code partition}, if any. */
  public OptionalLong offset(int partition) {
    Long offset = offsets.get(partition);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** The higher offset of both, partition by partition. */
  public Position and(Position other) {
    var merged = new TreeMap<>(offsets);
    other.offsets.forEach((partition, offset) -> merged.merge(partition, offset, Math::max));
    return new Position(merged);
  }

  @Override
  public String toString() {
    return offsets.entrySet().stream()
        .map(e -> e.getKey() + "@" + e.getValue())
        .collect(Collectors.joining(","));
  }

  private static InvalidInputException invalid(String text) {
    return new InvalidInputException(
        "position", "is '" + text + "'; it must look like 0@17 or 0@17,3@4");
  }
}
