package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.topology.Forwarder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Forwards with an idempotent producer, which keeps the order of what goes to one partition. After
 * a failure it takes nothing more. The thread that uses it is replaced, and folds from its last
 * commit with a forwarder of its own.
 */
final class KafkaForwarder implements Forwarder {
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Whether something was sent since the last flush: what was only offered holds up no commit. */
  private boolean unflushed;

  KafkaForwarder(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Connects a producer of its own. */
  static KafkaForwarder connect(Map<String, Object> producerConfig) {
    var serializer = new ByteArraySerializer();
    return new KafkaForwarder(new KafkaProducer<>(producerConfig, serializer, serializer));
  }

  @Override
  public void send(Outgoing out) {
    throwFailure();
    unflushed = true;
    try {
      append(out, problem -> failure.compareAndSet(null, problem));
    } catch (KafkaException problem) {
      throw new ForwardingException(problem);
    }
  }

  @Override
  public void offer(Outgoing out, Consumer<Exception> failed) {
    try {
      append(out, failed);
    } catch (KafkaException problem) {
      failed.accept(problem);
    }
  }

  private void append(Outgoing out, Consumer<Exception> failed) {
    var record =
        new ProducerRecord<>(
            LogFormat.EVENTS_TOPIC,
            out.partition(),
            out.atMillis(),
            out.key(),
            out.value(),
            out.headers());
    var unused =
        producer.send(
            record,
            (metadata, problem) -> {
              if (problem != null) {
                failed.accept(problem);
              }
            });
  }

  @Override
  public void flush() {
    if (unflushed) {
      try {
        producer.flush();
      } catch (KafkaException problem) {
        throw new ForwardingException(problem);
      }
      unflushed = false;
    }
    throwFailure();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  private void throwFailure() {
    Exception problem = failure.get();
    if (problem != null) {
      throw new ForwardingException(problem);
    }
  }
}
