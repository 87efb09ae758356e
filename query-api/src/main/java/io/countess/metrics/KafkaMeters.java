package io.countess.metrics;

import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Set;

/**
 * Which of the meters of Kafka's clients and of Kafka Streams are shown: those that METRICS.md says
 * what to do about. There are some three hundred, each once or more for every client.
 */
final class KafkaMeters {
  static final Set<String> SHOWN =
      Set.of(
          "kafka.consumer.coordinator.assigned.partitions",
          "kafka.consumer.coordinator.failed.rebalance.total",
          "kafka.consumer.coordinator.heartbeat.response.time.max",
          "kafka.consumer.coordinator.last.rebalance.seconds.ago",
          "kafka.consumer.coordinator.rebalance.latency.max",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.failed.authentication.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.fetch.latency.max",
          "kafka.consumer.fetch.manager.fetch.throttle.time.max",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.last.poll.seconds.ago",
          "kafka.producer.failed.authentication.total",
          "kafka.producer.produce.throttle.time.max",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.send.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.request.latency.max",
          "kafka.stream.alive.stream.threads",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.state.updater.active.restoring.tasks",
          "kafka.stream.state.updater.restore.records.rate",
          "kafka.stream.state.updater.standby.updating.tasks",
          "kafka.stream.task.dropped.records.total",
          "kafka.stream.task.restore.remaining.records.total",
          "kafka.stream.thread.commit.latency.avg",
          "kafka.stream.thread.commit.latency.max",
          "kafka.stream.thread.commit.ratio",
          "kafka.stream.thread.poll.ratio",
          "kafka.stream.thread.process.ratio",
          "kafka.stream.thread.punctuate.ratio");

  private KafkaMeters() {}

  static MeterFilter filter() {
    return MeterFilter.deny(
        id -> id.getName().startsWith("kafka.") && !SHOWN.contains(id.getName()));
  }
}
