package io.countess.cli.soak;

import io.countess.cli.soak.Action.Append;
import io.countess.cli.soak.Action.Command;
import io.countess.event.LogFormat;
import io.countess.event.Position;
import io.countess.event.codec.EventCodec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer that puts records where they belong, and also elsewhere. */
final class Appender implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  Appender(String bootstrapServers) {
    var bytes = new ByteArraySerializer();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", "true"),
            bytes,
            bytes);
  }

  /** Appends it once; empty where it is not known whether it stands in the log. */
  Optional<Position> append(Append append) {
    Command command = append.command();
    int partitions = producer.partitionsFor(LogFormat.EVENTS_TOPIC).size();
    int partition = (Home.of(command.counter(), partitions) + append.away()) % partitions;
    long millis = System.currentTimeMillis() - command.agoMillis();
    byte[] key = Home.key(command.counter());
    byte[] value = EventCodec.encode(command.event());
    try {
      var record = new ProducerRecord<>(LogFormat.EVENTS_TOPIC, partition, millis, key, value);
      var stands = producer.send(record).get();
      return Optional.of(Position.of(stands.partition(), stands.offset()));
    } catch (ExecutionException unknown) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
