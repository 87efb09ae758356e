package io.countess.door.http;

import io.countess.door.Admission;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
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
  private final Map<Route, Map<Integer, Timer>> timers = new IdentityHashMap<>();
  private final Map<Integer, Timer> nowhere = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry, List<Route> routes, Admission admission) {
    this.registry = registry;
    routes.forEach(route -> timers.put(route, new ConcurrentHashMap<>()));
    Gauge.builder("countess.http.under.way", admission, Admission::underWay)
        .description("requests that are being answered")
        .strongReference(true)
        .register(registry);
  }

  /**
   * A request was answered.
   *
   * @param route null where the request led to none
   */
  void answered(Route route, int status, long nanos) {
    var byStatus = route == null ? nowhere : timers.get(route);
    Timer timer = byStatus.get(status);
    if (timer == null) {
      timer = byStatus.computeIfAbsent(status, code -> timer(route, code));
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Route route, int status) {
    return Timer.builder("countess.http.requests")
        .description("requests that were answered, until their answer was handed to the server")
        .tag("method", route == null ? "any" : route.method())
        .tag("route", route == null ? "none" : route.template())
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
