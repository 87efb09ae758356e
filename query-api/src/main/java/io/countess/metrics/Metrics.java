package io.countess.metrics;

import io.countess.background.DaemonThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All meters of this process. Slow meters are bound on a thread of their own, one after the other,
 * so that nothing waits for them at the start.
 */
public final class Metrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);
  private static final int CLOSE_SECONDS = 2;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ExecutorService binding =
      Executors.newSingleThreadExecutor(new DaemonThreads("metrics"));
  private final Queue<Runnable> closers = new ConcurrentLinkedQueue<>();

  /** What the registry itself refers to weakly. */
  private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

  private Metrics() {}

  /** A registry without meters, to which those of the JVM and the process come soon. */
  public static Metrics start() {
    var metrics = new Metrics();
    metrics.registry.config().meterFilter(KafkaMeters.filter());
    var collections = new JvmGcMetrics();
    metrics.bind(collections, collections::close);
    metrics.bind(Metrics::bindJvm, () -> {});
    return metrics;
  }

  /** The registry, for meters that the methods here don't make. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Binds meters soon, on another thread.
   *
   * @param close is run when this closes: {@code bind(kafka, kafka::close)}
   */
  public void bind(MeterBinder binder, Runnable close) {
    closers.add(close);
    binding.execute(() -> binder.bindTo(registry));
  }

  /** A counter that its owner increments. */
  public Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  /** A counter whose owner counts by itself: {@code total} is read when someone looks. */
  public void total(String name, String description, LongSupplier total, String... tags) {
    kept.add(total);
    FunctionCounter.builder(name, total, LongSupplier::getAsLong)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /** A value that is read when someone looks. */
  public void gauge(
      String name, String description, Supplier<? extends Number> value, String... tags) {
    Gauge.builder(name, value::get).description(description).tags(tags).register(registry);
  }

  /**
   * A value for each of the partitions that {@code values} has when someone looks. Any other
   * partition is not shown, since a sum over all would be no number.
   *
   * @param name as Prometheus shows it
   */
  public <V> void gaugePerPartition(
      String name,
      String description,
      Supplier<SortedMap<Integer, V>> values,
      ToDoubleFunction<V> value) {
    registry
        .getPrometheusRegistry()
        .register(
            () -> {
              var shown = GaugeSnapshot.builder().name(name).help(description);
              values
                  .get()
                  .forEach(
                      (partition, of) ->
                          shown.dataPoint(
                              GaugeDataPointSnapshot.builder()
                                  .labels(Labels.of("partition", partition.toString()))
                                  .value(value.applyAsDouble(of))
                                  .build()));
              return shown.build();
            });
  }

  @Override
  public void close() {
    binding.shutdownNow();
    try {
      if (!binding.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("still binding meters");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    closers.forEach(Runnable::run);
    registry.close();
  }

  private static void bindJvm(MeterRegistry registry) {
    List.of(
            new JvmInfoMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }
}
