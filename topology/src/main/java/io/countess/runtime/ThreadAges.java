package io.countess.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** How long ago the threads of the fold gave signs of life, as their consumers measure it. */
record ThreadAges(KafkaStreams streams) {
  private static final String CONSUMER_SUFFIX = "-consumer$";

  /** Since each thread's last heartbeat was sent. */
  Map<String, OptionalLong> ofHeartbeats() {
    return of("last-heartbeat-seconds-ago");
  }

  /** Since each thread last asked for records. */
  Map<String, OptionalLong> ofPolls() {
    return of("last-poll-seconds-ago");
  }

  /**
   * In whole seconds by the names of threads, after which Kafka Streams names their consumers;
   * empty where there was none yet. A thread that has died may be among them.
   */
  private Map<String, OptionalLong> of(String metricName) {
    var ages = new HashMap<String, OptionalLong>();
    for (Metric metric : streams.metrics().values()) {
      MetricName name = metric.metricName();
      if (name.name().equals(metricName) && metric.metricValue() instanceof Double seconds) {
        String thread = name.tags().get("client-id").replaceFirst(CONSUMER_SUFFIX, "");
        ages.put(thread, seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds.longValue()));
      }
    }
    return ages;
  }
}
