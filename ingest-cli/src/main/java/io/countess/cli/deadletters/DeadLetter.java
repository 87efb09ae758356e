package io.countess.cli.deadletters;

import io.countess.event.LogFormat;
import io.countess.event.Position;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that could not be counted.
 *
 * @param id where it stands among the dead letters
 * @param reason why it is one
 * @param position where it stood in the log
 * @param key null where there was none
 * @param value null where there was none
 */
record DeadLetter(
    Position id, String reason, String position, long atMillis, byte[] key, byte[] value) {

  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        Position.of(record.partition(), record.offset()),
        header(record, LogFormat.REASON_HEADER),
        header(record, LogFormat.POSITION_HEADER),
        record.timestamp(),
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

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? "unknown"
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
