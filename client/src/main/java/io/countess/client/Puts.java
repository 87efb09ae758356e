package io.countess.client;

import io.countess.event.Amount;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventCodec;
import io.countess.event.codec.SentHeader;
import io.countess.event.codec.TimeHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Appends events to the log. An event whose future has completed is in the log for good: all
 * in-sync replicas have it, once, whatever was sent again on the way. What it decided, if there is
 * a limit, only {@link Counts} can tell.
 *
 * <p>Safe for any number of threads; one of these is enough for a process.
 */
public final class Puts implements AutoCloseable {
  /** How long {@link #close()} waits for the events under way. */
  public static final Duration DEFAULT_CLOSE = Duration.ofSeconds(30);

  private final Producer<byte[], byte[]> producer;

  Puts(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Connects to the log.
   *
   * @throws LogNotThereException where the cluster has no log, or can't be reached. (Without this
   *     check a broker may create the topic, with the wrong settings.)
   */
  public static Puts open(PutsConfig config) {
    Map<String, Object> settings = config.producer();
    LogNotThereException.requireLog(config);
    return new Puts(new KafkaProducer<>(settings));
  }

  /** Counts one more, now. */
  public CompletableFuture<Position> put(CounterName counter) {
    return put(counter, Event.Put.ONE);
  }

  /** Adds {@code n}. */
  public CompletableFuture<Position> put(CounterName counter, long n) {
    return put(counter, Event.Put.of(n));
  }

  /** Adds a number that need not be whole to a gauge. */
  public CompletableFuture<Position> put(CounterName counter, double n) {
    return put(counter, Event.Put.of(Amount.of(n)));
  }

  /** Gives a total or a gauge a value. */
  public CompletableFuture<Position> set(CounterName counter, long value) {
    return put(counter, new Event.SetValue(value, false));
  }

  /** Gives a gauge a value that need not be whole. */
  public CompletableFuture<Position> set(CounterName counter, double value) {
    return put(counter, new Event.SetValue(Amount.of(value), false, Optional.empty()));
  }

  /**
   * Takes back what is left of a put or a claim.
   *
   * @param counter that of the put, or any of the claim
   * @param of its id
   */
  public CompletableFuture<Position> release(CounterName counter, String of) {
    return put(counter, new Event.Release(of, OptionalLong.empty(), Optional.empty()));
  }

  /**
   * Puts to several counters, to all of them or to none.
   *
   * @throws InvalidInputException where they are not in one partition, saying how to get them
   *     there; or where the claim is larger than {@link LogFormat#MAX_EVENT_BYTES}
   */
  public CompletableFuture<Position> claim(Event.Claim claim) {
    return put(claim.counter(), claim);
  }

  /** Appends an event that happens now, under the id that it has, if any. */
  public CompletableFuture<Position> put(CounterName counter, Event event) {
    return append(counter, event, null, null);
  }

  /**
   * Appends an event that happened at {@code at}. The log refuses those that are more than six days
   * old ({@link #putOld} does not), or a minute ahead of it.
   */
  public CompletableFuture<Position> put(CounterName counter, Event event, Instant at) {
    Header sent =
        event.id().isPresent()
            ? header(LogFormat.SENT_HEADER, SentHeader.encode(System.currentTimeMillis()))
            : null;
    return append(counter, event, at.toEpochMilli(), sent);
  }

  /**
   * Appends an event that happened at {@code at}, however long ago that is. Its record has the
   * present timestamp, and the header {@link LogFormat#TIME_HEADER}. A put that has ended by now
   * adds nothing.
   */
  public CompletableFuture<Position> putOld(CounterName counter, Event event, Instant at) {
    byte[] happened = TimeHeader.encode(at.toEpochMilli());
    return append(counter, event, null, header(LogFormat.TIME_HEADER, happened));
  }

  /** Sends what is buffered, and waits until all of it is acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  /** Flushes and closes, within {@link #DEFAULT_CLOSE}. */
  @Override
  public void close() {
    close(DEFAULT_CLOSE);
  }

  /** Flushes and closes; the futures of events still under way after {@code within} fail. */
  public void close(Duration within) {
    producer.close(within);
  }

  private static Header header(String name, byte[] value) {
    return new RecordHeader(name, value);
  }

  /** Appends with a timestamp, or else the present one; with a header, or else none. */
  private CompletableFuture<Position> append(
      CounterName counter, Event event, Long atMillis, Header header) {
    requireOnePlace(counter, event);
    byte[] key = RecordKey.of(counter);
    byte[] value = EventCodec.encode(event);
    LogFormat.tooLarge(key, value)
        .ifPresent(
            why -> {
              throw new InvalidInputException("event", why);
            });
    var future = new CompletableFuture<Position>();
    try {
      var record = new ProducerRecord<>(LogFormat.EVENTS_TOPIC, null, atMillis, key, value);
      if (header != null) {
        record.headers().add(header);
      }
      var unused =
          producer.send(record, (metadata, failure) -> complete(future, metadata, failure));
    } catch (KafkaException notSent) {
      future.completeExceptionally(notSent);
    }
    return future;
  }

  private static void requireOnePlace(CounterName counter, Event event) {
    if (!event.first().orElse(counter).equals(counter)) {
      throw new InvalidInputException("counter", "is not the first of those that the event names");
    }
    event.requireTogether();
  }

  private static void complete(
      CompletableFuture<Position> future, RecordMetadata metadata, Exception failure) {
    if (failure == null) {
      future.complete(Position.of(metadata.partition(), metadata.offset()));
    } else {
      future.completeExceptionally(failure);
    }
  }
}
