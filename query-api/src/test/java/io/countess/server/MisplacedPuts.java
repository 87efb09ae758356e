package io.countess.server;

import io.countess.event.CounterName;
import io.countess.event.LogFormat;
import io.countess.event.RecordKey;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts by a producer that knows nothing of where they belong. */
final class MisplacedPuts {
  private static final int PARTITIONS = 4;

  private MisplacedPuts() {}

  static void produce(String kafka, CounterName counter, int puts) {
    var serializer = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka), serializer, serializer)) {
      for (int i = 0; i < puts; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    LogFormat.EVENTS_TOPIC, i % PARTITIONS, RecordKey.of(counter), new byte[0]));
      }
    }
  }
}
