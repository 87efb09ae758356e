package io.countess.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/** How long ago the threads of the fold gave signs of life, as their consumers measure it. */
record ThreadAges(KafkaStreams streams) {
  private static final String CONSUMER_SUFFIX = "-consumer";

  /** Since each thread's last heartbeat was sent. */
  Map<String, OptionalLong> ofHeartbeats() {
    return of("last-heartbeat-seconds-ago");
  }

  /** Since each thread last asked for records. */
  Map<String, OptionalLong> ofPolls() {
    return of("last-poll-seconds-ago");
  }

  /**
   * In whole seconds by the names of the threads that live, after which Kafka Streams names their
   * consumers; empty where there was none yet. It goes on measuring those of dead threads.
   */
  private Map<String, OptionalLong> of(String metricName) {
    Set<String> consumers =
        streams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::consumerClientId)
            .collect(Collectors.toSet());
    var ages = new HashMap<String, OptionalLong>();
    for (Metric metric : streams.metrics().values()) {
      MetricName name = metric.metricName();
      String consumer = name.tags().get("client-id");
      if (name.name().equals(metricName)
          && consumers.contains(consumer)
          && metric.metricValue() instanceof Double seconds) {
        String thread = consumer.substring(0, consumer.length() - CONSUMER_SUFFIX.length());
        ages.put(thread, seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds.longValue()));
      }
    }
    return ages;
  }
}
