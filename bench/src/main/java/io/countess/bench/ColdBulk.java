package io.countess.bench;

import io.countess.bench.ColdFigures.When;
import io.countess.bench.ColdFigures.Work;
import java.time.Duration;

/** Puts that a producer appends to the log of a server, from the first one until all count. */
final class ColdBulk {
  private static final int MOST_RECORDS = 1_000_000;
  private static final int MOST_KEYS = 100_000;
  private static final int WARM_UP_SPANS = 2;
  private static final Duration COUNTED_WITHIN = Duration.ofMinutes(5);
  private static final Duration ASK_EVERY = Duration.ofMillis(10);

  private final Workbench bench;
  private final Plan plan;
  private final ColdFigures figures;
  private final int[] keys;

  ColdBulk(Workbench bench, Plan plan, ColdFigures figures) {
    this.bench = bench;
    this.plan = plan;
    this.figures = figures;
    int records = Math.min(plan.records(), MOST_RECORDS);
    keys = KeyDraw.UNIFORM.draw(records, Math.min(plan.keys(), MOST_KEYS));
  }

  /** The keys of the puts. */
  int[] keys() {
    return keys;
  }

  /** Measures a server that has just become ready. */
  void cold(Started server, Placing... placings) {
    measure(server, When.COLD, placings);
  }

  /** Has a server warm up for {@link #warm}. */
  void warmUp(Started server, Placing placing) {
    try (var jvm = AttachedJvm.attach(server.process().pid())) {
      var warmup = new Warmup(bench, jvm::compiledMillis, plan.span().multipliedBy(WARM_UP_SPANS));
      var went = warmup.run(server.title() + ", log", () -> seconds(server, placing));
      figures.add(new Work("puts into the log", server.title()), went);
    }
  }

  /** Measures a server that is warm. */
  void warm(Started server, Placing... placings) {
    measure(server, When.WARM, placings);
  }

  /** Places by the first; of the others it is known that they are all the same to the server. */
  private void measure(Started server, When when, Placing... placings) {
    Duration before = server.process().processorTime();
    double seconds = seconds(server, placings[0]);
    Duration took = server.process().processorTime().minus(before);
    for (Placing placing : placings) {
      String what = "%d puts into the log by %s".formatted(keys.length, placing.title());
      var work = new Work(what, server.title());
      figures.add(when, work, "until counted", Unit.SECONDS, seconds);
      figures.add(
          when, work, "processor time each", Unit.MICROS, took.toNanos() / 1e3 / keys.length);
    }
  }

  private double seconds(Started server, Placing placing) {
    int port = server.ports().http();
    long expected = Api.counted(port) + keys.length;
    long startNanos = System.nanoTime();
    new RawKafka(bench, server.ports().kafkaAddress()).produce(keys, placing);
    bench.await("counting puts", COUNTED_WITHIN, ASK_EVERY, () -> Api.counted(port) >= expected);
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
