package io.countess.topology;

import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.fold.LogRecord;
import io.countess.state.TimeSource;
import io.countess.store.Catalog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
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
  private final FoldObservers observers;
  private final TimeSource time;
  private final int partition;

  DeadLetters(ProcessorContext<byte[], byte[]> context, FoldSpec spec) {
    this.context = context;
    this.observers = spec.observers();
    this.time = spec.time();
    this.partition = context.taskId().partition();
  }

  void bury(LogRecord record, String reason) {
    long bytes = record.bytes();
    var headers = new RecordHeaders();
    if (bytes <= MAX_BYTES) {
      record.forEachHeader(headers::add);
      headers.add(LogFormat.REASON_HEADER, utf8(reason));
      send(record, record.key(), record.value(), headers);
    } else {
      var cut = reason + "; of its " + bytes + " bytes only the beginning is here";
      headers.add(LogFormat.REASON_HEADER, utf8(cut));
      send(record, beginning(record.key()), beginning(record.value()), headers);
    }
    observers.tell(it -> it.deadLettered(partition, record.key(), reason));
  }

  private void send(LogRecord record, byte[] key, byte[] value, Headers headers) {
    String position = Position.of(partition, record.offset()).toString();
    headers.add(LogFormat.POSITION_HEADER, utf8(position));
    long nowMillis = time.wall();
    long atMillis = record.timestamp();
    boolean usable = atMillis > 0 && atMillis <= nowMillis + MOST_AHEAD_MILLIS;
    var letter = new Record<>(key, value, usable ? atMillis : nowMillis, headers);
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
