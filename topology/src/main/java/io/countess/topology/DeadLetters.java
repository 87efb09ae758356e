package io.countess.topology;

import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.state.Catalog;
import io.countess.state.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where records go that can't be folded: as they are, with the reason. Their topic must take every
 * one of them, since a dead letter that it refuses would end the fold, again and again.
 */
final class DeadLetters {
  /** What the topic takes, less room for the reason. */
  private static final int MAX_BYTES = (1 << 20) - (16 << 10);

  /** A topic may refuse records from the future, and deletes those from long ago at once. */
  private static final long MOST_AHEAD_MILLIS = 60_000;

  private final ProcessorContext<byte[], byte[]> context;
  private final FoldListener listener;
  private final TimeSource time;
  private final int partition;

  DeadLetters(ProcessorContext<byte[], byte[]> context, FoldSpec spec) {
    this.context = context;
    this.listener = spec.listener();
    this.time = spec.time();
    this.partition = context.taskId().partition();
  }

  /** The bytes of a record with its key and headers, as they are when nothing is compressed. */
  static long bytes(Record<byte[], byte[]> record) {
    long bytes = length(record.key()) + length(record.value());
    for (var header : record.headers()) {
      bytes += header.key().length() + length(header.value());
    }
    return bytes;
  }

  void bury(Record<byte[], byte[]> record, long offset, String reason) {
    long bytes = bytes(record);
    if (bytes <= MAX_BYTES) {
      send(record, offset, reason);
    } else {
      var beginning =
          record
              .withKey(beginning(record.key()))
              .withValue(beginning(record.value()))
              .withHeaders(new RecordHeaders());
      send(beginning, offset, reason + "; of its " + bytes + " bytes only the beginning is here");
    }
    listener.deadLettered(partition, reason);
  }

  private void send(Record<byte[], byte[]> record, long offset, String reason) {
    var headers = new RecordHeaders(record.headers());
    headers.add(LogFormat.REASON_HEADER, utf8(reason));
    headers.add(LogFormat.POSITION_HEADER, utf8(Position.of(partition, offset).toString()));
    long nowMillis = time.wall();
    long atMillis = record.timestamp();
    boolean usable = atMillis > 0 && atMillis <= nowMillis + MOST_AHEAD_MILLIS;
    var letter = record.withHeaders(headers).withTimestamp(usable ? atMillis : nowMillis);
    context.forward(letter, Catalog.DEAD_LETTERS);
  }

  private static byte[] beginning(byte[] bytes) {
    return length(bytes) <= LogFormat.MAX_RECORD_BYTES
        ? bytes
        : Arrays.copyOf(bytes, LogFormat.MAX_RECORD_BYTES);
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
