package io.countess.door;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * How many requests a door has answered, how, and how fast. What a request is told apart by is of
 * the door's choice, and has to be of a few values: a route's template, never a path.
 */
public final class RequestMeters {
  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final String name;
  private final List<String> tags;
  private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();

  /**
   * @param name of the meter, as {@code countess.http.requests}
   * @param tags the names of what requests are told apart by
   */
  public RequestMeters(MeterRegistry registry, String name, String... tags) {
    this.registry = registry;
    this.name = name;
    this.tags = List.of(tags);
  }

  /**
   * A request was answered.
   *
   * @param nanos how long it took
   * @param values one for each tag
   */
  public void answered(long nanos, List<String> values) {
    Timer timer = timers.get(values);
    if (timer == null) {
      timer = timers.computeIfAbsent(values, this::timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(List<String> values) {
    Tags all = Tags.empty();
    for (int i = 0; i < tags.size(); i++) {
      all = all.and(tags.get(i), values.get(i));
    }
    return Timer.builder(name)
        .description("requests that were answered, until their answer was handed to the server")
        .tags(all)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
