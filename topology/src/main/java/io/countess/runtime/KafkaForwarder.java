package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.topology.Forwarder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Forwards with an idempotent producer, which keeps the order of what goes to one partition. After
 * a failure it takes nothing more: the thread that uses it is replaced, and folds from its last
 * commit with a forwarder of its own.
 */
final class KafkaForwarder implements Forwarder {
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  KafkaForwarder(Map<String, Object> producerConfig) {
    var serializer = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(producerConfig, serializer, serializer);
  }

  @Override
  public void send(Outgoing out) {
    throwFailure();
    var record =
        new ProducerRecord<>(
            LogFormat.EVENTS_TOPIC,
            out.partition(),
            out.atMillis(),
            out.key(),
            out.value(),
            out.headers());
    try {
      producer.send(
          record,
          (metadata, problem) -> {
            if (problem != null) {
              failure.compareAndSet(null, problem);
            }
          });
    } catch (KafkaException problem) {
      throw new ForwardingException(problem);
    }
  }

  @Override
  public void flush() {
    try {
      producer.flush();
    } catch (KafkaException problem) {
      throw new ForwardingException(problem);
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
