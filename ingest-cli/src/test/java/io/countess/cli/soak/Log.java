package io.countess.cli.soak;

import io.countess.event.LogFormat;
import io.countess.event.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When each event of the log happened, as its record says. */
final class Log {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Map<Position, Long> times = new HashMap<>();

  static Log read(String bootstrapServers) {
    var log = new Log();
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(LogFormat.EVENTS_TOPIC).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(POLL).forEach(log::keep);
      }
    }
    return log;
  }

  private void keep(ConsumerRecord<byte[], byte[]> each) {
    times.put(Position.of(each.partition(), each.offset()), each.timestamp());
  }

  long millis(Position position) {
    return times.get(position);
  }

  int size() {
    return times.size();
  }
}
