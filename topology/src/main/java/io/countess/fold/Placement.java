package io.countess.fold;

import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.util.Arrays;

/**
 * Where a record belongs.
 *
 * @param key its canonical key: the same array where it was canonical already
 * @param separator where the first {@code /} of that is
 * @param home the partition
 */
record Placement(byte[] key, int separator, int home) {
  /** Records from the year 10000 on are not believed. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  /**
   * Checks the own time of a record.
   *
   * @throws InvalidInputException where it can't be folded anywhere, saying why
   */
  static void checkTime(long atMillis) {
    if (atMillis <= 0 || atMillis > LAST_MILLIS) {
      throw new InvalidInputException("timestamp", "is missing, negative or past the year 9999");
    }
  }

  /**
   * Checks the size of a record, before anything of it is read. One that was forwarded was checked
   * where it comes from, and has grown by its mark since.
   *
   * @throws InvalidInputException where it is too large
   */
  static void checkSize(LogRecord record) {
    long bytes = record.bytes();
    if (bytes > LogFormat.MAX_RECORD_BYTES) {
      throw new InvalidInputException(
          "record",
          "takes %d bytes with its key and headers; it may take at most %d"
              .formatted(bytes, LogFormat.MAX_RECORD_BYTES));
    }
  }

  /**
   * Places a record.
   *
   * @throws InvalidInputException where its key names no counter
   */
  static Placement of(byte[] key, int partitions) {
    if (key == null) {
      throw new InvalidInputException("key", "is missing; it must be the namespace, '/', the key");
    }
    int separator = RecordKey.separator(key);
    boolean fits =
        separator >= 0
            && separator <= CounterName.MAX_NAMESPACE_BYTES
            && key.length - separator - 1 <= CounterName.MAX_KEY_BYTES;
    if (fits && RecordKey.isPlain(key, separator)) {
      return new Placement(key, separator, Partitions.of(key, separator, partitions));
    }
    byte[] canonical = RecordKey.of(RecordKey.parse(key));
    int at = RecordKey.separator(canonical);
    byte[] same = Arrays.equals(canonical, key) ? key : canonical;
    return new Placement(same, at, Partitions.of(same, at, partitions));
  }
}
