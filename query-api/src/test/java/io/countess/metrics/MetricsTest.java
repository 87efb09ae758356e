package io.countess.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.ZoneData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @Test
  void shouldMeasureTheJvmSoon() {
    try (var metrics = Metrics.start()) {
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(metrics.registry().scrape())
                      .contains(
                          "jvm_memory_used_bytes",
                          "jvm_threads_live_threads",
                          "jvm_gc_",
                          "process_cpu_usage",
                          "process_files_open_files",
                          "process_uptime_seconds"));
    }
  }

  @Test
  void shouldShowWhatOthersCount() {
    try (var metrics = Metrics.start()) {
      var refused = new LongAdder();
      metrics.counter("countess.dead.letters", "records that can't be folded").increment();
      metrics.total("countess.refused", "puts over a limit", refused::sum, "kind", "leaky");
      metrics.gauge("countess.open", "how many are open", () -> 3);
      metrics.gaugePerPartition(
          "countess_lag", "records behind", () -> new TreeMap<>(Map.of(1, 42L)), Long::doubleValue);
      refused.add(5);
      System.gc();

      assertThat(metrics.registry().scrape())
          .contains(
              "countess_dead_letters_total 1.0",
              "countess_refused_total{kind=\"leaky\"} 5.0",
              "countess_open 3.0",
              "countess_lag{partition=\"1\"} 42.0")
          .doesNotContain("partition=\"0\"");
    }
  }

  @Test
  void shouldShowOfKafkaOnlyWhatItIsDocumentedFor() throws Exception {
    String page = Files.readString(Path.of("../docs/METRICS.md"));
    try (var metrics = Metrics.start()) {
      for (String name : KafkaMeters.SHOWN) {
        if (name.endsWith(".total")) {
          metrics.counter(name, "shown").increment();
        } else {
          metrics.gauge(name, "shown", () -> 1);
        }
        assertThat(page).contains("`" + name.replace('.', '_'));
      }
      metrics.gauge("kafka.consumer.io.ratio", "of no use", () -> 1);

      assertThat(metrics.registry().scrape())
          .contains("kafka_stream_thread_commit_latency_max", "kafka_producer_record_error_total")
          .doesNotContain("io_ratio");
    }
  }

  @Test
  void shouldSayWhatRunsHereAndWhatItHolds(@TempDir Path state) throws Exception {
    Files.writeString(Files.createDirectory(state.resolve("0")).resolve("rows"), "x".repeat(100));
    try (var metrics = Metrics.start()) {
      var service = new ServiceMetrics(metrics);
      service.started(() -> true, TreeMap::new, state);
      service.decided(TimeUnit.MICROSECONDS.toNanos(1500));

      assertThat(metrics.registry().scrape())
          .contains(
              "countess_build_info{java=\"" + Runtime.version(),
              "tzdata=\"" + ZoneData.EDITION + "\"",
              "countess_ready 1.0",
              "countess_namespaces 0.0",
              "countess_state_bytes 100.0",
              "countess_decisions_seconds_count 1",
              "countess_decisions_seconds_bucket{le=\"0.001\"} 0",
              "countess_decisions_seconds_bucket{le=\"0.002\"} 1");
    }
  }

  @Test
  void shouldCloseWhatItBound() {
    var closed = new AtomicBoolean();

    try (var metrics = Metrics.start()) {
      metrics.bind(registry -> registry.counter("late").increment(), () -> closed.set(true));
      Awaitility.await().until(() -> metrics.registry().scrape().contains("late_total"));
    }

    assertThat(closed).isTrue();
  }
}
