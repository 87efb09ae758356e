package io.countess.door.tenants;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counter-api's own metrics, of this instance, in Prometheus's text format. */
final class Meters {
  private static final double NANOS = 1e9;

  private final ConcurrentMap<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, DoubleAdder> seconds = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> events = new ConcurrentHashMap<>();
  private final String version =
      Optional.ofNullable(Meters.class.getPackage().getImplementationVersion()).orElse("dev");

  /** A request was answered. */
  void answered(String method, String route, int status, long nanos) {
    String labels = "{method=\"%s\",route=\"%s\",status=\"%d\"}".formatted(method, route, status);
    requests.computeIfAbsent(labels, none -> new LongAdder()).increment();
    seconds.computeIfAbsent(labels, none -> new DoubleAdder()).add(nanos / NANOS);
  }

  /** Something happened that is counted by itself. */
  void event(String name) {
    events.computeIfAbsent(name, none -> new LongAdder()).increment();
  }

  String scrape() {
    var text = new StringBuilder();
    text.append("# TYPE counter_requests_total counter\n");
    requests.forEach((labels, n) -> line(text, "counter_requests_total" + labels, n.sum()));
    text.append("# TYPE counter_request_duration_seconds_sum counter\n");
    seconds.forEach(
        (labels, sum) -> line(text, "counter_request_duration_seconds_sum" + labels, sum.sum()));
    text.append("# TYPE counter_events_total counter\n");
    events.forEach((name, n) -> line(text, "counter_events_total{name=\"" + name + "\"}", n.sum()));
    text.append("# TYPE counter_build_info gauge\n");
    line(text, "counter_build_info{version=\"%s\",schema_version=\"0\"}".formatted(version), 1);
    return text.toString();
  }

  private static void line(StringBuilder text, String series, Number value) {
    text.append(series).append(' ').append(value).append('\n');
  }
}
