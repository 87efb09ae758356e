package io.countess.metrics;

import io.countess.count.ZoneData;
import io.countess.state.PartitionReader;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this instance is, how fast it decides, and what it holds. */
public final class ServiceMetrics {
  private final Metrics metrics;
  private final Timer decisions;

  public ServiceMetrics(Metrics metrics) {
    this.metrics = metrics;
    String built = ServiceMetrics.class.getPackage().getImplementationVersion();
    metrics.gauge(
        "countess.build.info",
        "1; the labels say what runs here",
        () -> 1,
        "version",
        built == null ? "unknown" : built,
        "java",
        Runtime.version().toString(),
        "tzdata",
        ZoneData.EDITION);
    decisions =
        Timer.builder("countess.decisions")
            .description("From when a command is appended to when the fold has decided it")
            .serviceLevelObjectives(
                millis(1),
                millis(2),
                millis(5),
                millis(10),
                millis(25),
                millis(50),
                millis(100),
                millis(250),
                millis(1000),
                millis(5000))
            .register(metrics.registry());
  }

  /** A command that was appended here has been decided. */
  public void decided(long nanos) {
    decisions.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Registers what can be read only once the fold has been started.
   *
   * @param stateDir where its state is kept
   */
  public void started(
      BooleanSupplier ready, Supplier<SortedMap<Integer, PartitionReader>> open, Path stateDir) {
    metrics.gauge(
        "countess.ready",
        "Whether this instance can answer every question: 1 or 0",
        () -> ready.getAsBoolean() ? 1 : 0);
    metrics.gaugePerPartition(
        "countess_keys",
        "Live counters, of leaky ones at most",
        open,
        reader -> reader.everything().keysAt(reader.clock().nowMillis()));
    metrics.gauge(
        "countess.namespaces",
        "Namespaces with live counters or a policy, in the partitions that are here",
        () -> namespaces(open.get().values()));
    metrics.gauge(
        "countess.state.bytes", "What the state here takes on the disk", () -> bytes(stateDir));
  }

  private static long namespaces(Collection<PartitionReader> readers) {
    return readers.stream()
        .flatMap(reader -> reader.namespaces().keySet().stream())
        .collect(Collectors.toSet())
        .size();
  }

  /** Files that come and go meanwhile are counted or not. */
  private static long bytes(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    } catch (IOException | UncheckedIOException changing) {
      return 0;
    }
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
