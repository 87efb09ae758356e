package io.countess.door.http;

import io.countess.door.Admission;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * How many requests were answered, how, and how fast: by the route's template, so that there are
 * never more meters than routes times statuses.
 */
final class RequestMetrics {
  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry, Admission admission) {
    this.registry = registry;
    Gauge.builder("countess.http.under.way", admission, Admission::underWay)
        .description("requests that are being answered")
        .strongReference(true)
        .register(registry);
  }

  /** What a meter is of. */
  private record Key(String method, String route, int status) {}

  /** A request to a route was answered. */
  void answered(Route route, int status, long nanos) {
    answered(route.method(), route.template(), status, nanos);
  }

  /** A request was answered that led nowhere. */
  void nowhere(int status, long nanos) {
    answered("any", "none", status, nanos);
  }

  /** A request was answered that was sent to {@code template}. */
  void answered(String method, String template, int status, long nanos) {
    var key = new Key(method, template, status);
    Timer timer = timers.get(key);
    if (timer == null) {
      timer = timers.computeIfAbsent(key, this::timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Key key) {
    return Timer.builder("countess.http.requests")
        .description("requests that were answered, until their answer was handed to the server")
        .tag("method", key.method())
        .tag("route", key.route())
        .tag("status", Integer.toString(key.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
