package io.countess.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Sends numbered puts to a topic, and completes each when it is seen at the other end. */
final class Echoes implements AutoCloseable {
  private static final String NUMBER = "bench-number";
  private static final byte[] EMPTY = {};
  private static final String NOTHING = "";

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong numbers = new AtomicLong();
  private final ConcurrentHashMap<Long, CompletableFuture<Object>> waiting =
      new ConcurrentHashMap<>();

  Echoes(String topic, Producer<byte[], byte[]> producer) {
    this.topic = topic;
    this.producer = producer;
  }

  /** Sends a put. */
  CompletionStage<?> send(int key) {
    return send(KeyDraw.recordKey(key));
  }

  /** The same, with the key of its record; the stage completes with what it led to. */
  CompletionStage<?> send(byte[] recordKey) {
    long number = numbers.incrementAndGet();
    var seen = new CompletableFuture<Object>();
    waiting.put(number, seen);
    var record = new ProducerRecord<>(topic, recordKey, EMPTY);
    record.headers().add(NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    var unused =
        producer.send(
            record,
            (where, failure) -> {
              if (failure != null) {
                seen.completeExceptionally(failure);
              }
            });
    return seen;
  }

  /** Says that the put with these headers has come to the other end. */
  void seen(Headers headers) {
    seen(headers, NOTHING);
  }

  /** The same, and what it led to. Where a put was not sent from here, nobody waits. */
  void seen(Headers headers, Object answer) {
    Header number = headers.lastHeader(NUMBER);
    CompletableFuture<Object> seen =
        number == null ? null : waiting.remove(ByteBuffer.wrap(number.value()).getLong());
    if (seen != null) {
      seen.complete(answer);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
