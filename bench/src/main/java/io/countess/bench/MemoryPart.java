package io.countess.bench;

import io.countess.event.LogFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a key costs that was put once: on the heap, in the changelog, in local state. */
final class MemoryPart implements Part.Measuring {
  private static final Duration FOLD_WITHIN = Duration.ofMinutes(10);
  private static final Duration COMMIT_POLL = Duration.ofMillis(5);
  private static final String HEAP = "heap a key, all keys put once";
  private static final String CHANGELOG = "changelog a key, all keys put once";
  private static final String STATE = "local state on disk a key, all keys put once";

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  MemoryPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    int[] keys = KeyDraw.ONCE.draw(plan.keys(), plan.keys());
    for (int round = 1; round <= plan.rounds(); round++) {
      bench.step("memory, round %d of %d".formatted(round, plan.rounds()));
      Folding.CONTESTANTS.forEach((name, starter) -> measure(name, starter, keys));
    }
    return results.comparisons();
  }

  private void measure(String name, Folding.Starter starter, int[] keys) {
    try (var temporary = TemporaryLog.start(bench, plan)) {
      BenchLog log = temporary.log();
      Path state;
      try (Folding folding = starter.start(bench, log)) {
        long before = heapInUse();
        new RawKafka(bench, log.servers()).produce(keys);
        awaitAll(log, folding, keys.length);
        double heap = heapInUse() - before;
        double changelog = log.admin().bytes(folding.group());
        state = log.stateDir(folding.group());
        results.add(HEAP, Unit.BYTES, name, heap / keys.length);
        results.add(CHANGELOG, Unit.BYTES, name, changelog / keys.length);
        bench.step("  %s: %.0f bytes of heap a key".formatted(name, heap / keys.length));
      }
      // What Kafka Streams keeps in memory of it is on the disk once it is closed.
      results.add(STATE, Unit.BYTES, name, size(state) / keys.length);
      if (name.equals(Folding.COUNTESS)) {
        double logged = log.admin().bytes(LogFormat.EVENTS_TOPIC);
        results.add(CHANGELOG, Unit.BYTES, "raw Kafka: the log itself", logged / keys.length);
      }
    }
  }

  private void awaitAll(BenchLog log, Folding folding, long records) {
    bench.await("folding", FOLD_WITHIN, () -> folding.applied().records() >= records);
    bench.await(
        "the commit",
        FOLD_WITHIN,
        COMMIT_POLL,
        () -> log.admin().committed(folding.group()) >= records);
  }

  private static long heapInUse() {
    var memory = ManagementFactory.getMemoryMXBean();
    // Some things go only when others have gone.
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private static double size(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException failure) {
      throw new UncheckedIOException("the local state can't be read", failure);
    }
  }
}
