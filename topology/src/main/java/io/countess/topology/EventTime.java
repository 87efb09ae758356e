package io.countess.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes the record's own time. A negative one becomes 0, which the fold turns into a dead letter.
 * Kafka's own extractors would kill the thread, or drop the record without a trace.
 */
final class EventTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> message, long partitionTime) {
    return Math.max(0, message.timestamp());
  }
}
