package io.countess.cli.deadletters;

import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.event.codec.TimeHeader;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could not be counted.
 *
 * @param id where it stands among the dead letters
 * @param reason why it is one
 * @param position where it stood in the log
 * @param atMillis when its event happened, as far as it says so
 * @param isOlder whether that is before its timestamp, so that the log takes it at any age
 * @param key null where there was none
 * @param value null where there was none
 */
record DeadLetter(
    Position id,
    String reason,
    String position,
    long atMillis,
    boolean isOlder,
    byte[] key,
    byte[] value) {

  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    long atMillis = atMillis(record);
    return new DeadLetter(
        Position.of(record.partition(), record.offset()),
        header(record, LogFormat.REASON_HEADER),
        header(record, LogFormat.POSITION_HEADER),
        atMillis,
        atMillis < record.timestamp(),
        record.key(),
        record.value());
  }

  int partition() {
    return id.offsets().firstKey();
  }

  LetterId letterId() {
    return new LetterId(partition(), offset());
  }

  /** About how much memory it takes. */
  long bytes() {
    return (key == null ? 0L : key.length) + (value == null ? 0 : value.length);
  }

  long offset() {
    return id.offsets().get(partition());
  }

  private static long atMillis(ConsumerRecord<byte[], byte[]> record) {
    var header = record.headers().lastHeader(LogFormat.TIME_HEADER);
    try {
      return TimeHeader.decode(header == null ? null : header.value(), record.timestamp());
    } catch (InvalidInputException noTime) {
      return record.timestamp();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? "unknown"
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
