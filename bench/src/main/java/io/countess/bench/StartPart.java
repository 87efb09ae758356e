package io.countess.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How long a process takes from its start until it answers. One that is killed has run for long
 * enough to have committed what it holds.
 */
final class StartPart implements Part.Measuring {
  private static final Duration FOLD_WITHIN = Duration.ofMinutes(10);
  private static final Duration ASK_EVERY = Duration.ofMillis(200);
  private static final int PARTITIONS = 4;

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  StartPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    measure(new CountessServer(plan), plan.rounds());
    // Most of its starts take most of a minute, and one as long as the other.
    measure(new DslServer(plan), 1);
    return results.comparisons();
  }

  private void measure(Startable server, int rounds) {
    Path data = bench.path("served");
    for (int round = 1; round <= rounds; round++) {
      bench.step("start without keys, round %d of %d".formatted(round, rounds));
      bench.delete(data);
      time(server, "fresh", data).stop();
      again(server, "no keys", data);
    }
    bench.step("start with %d keys, which are put first".formatted(plan.keys()));
    fill(server, data);
    for (int round = 1; round <= rounds; round++) {
      bench.step("start with keys, round %d of %d".formatted(round, rounds));
      again(server, plan.keys() + " keys", data);
    }
    bench.delete(data);
  }

  /** Starts what has been stopped, kills it, starts it again, and stops it. */
  private void again(Startable server, String holding, Path data) {
    time(server, holding + ", after a clean stop", data).kill();
    time(server, holding + ", after kill -9", data).stop();
  }

  private Running time(Startable server, String what, Path data) {
    return start(server, data, results, "ready, " + what);
  }

  private Running start(Startable server, Path data, Results into, String title) {
    Ports ports = Ports.free();
    Path output = bench.path("server.out");
    var command = server.command(data, ports.kafka(), ports.http());
    var process = ServerProcess.start(bench, command, output);
    boolean ready = false;
    try {
      double seconds = process.awaitReady(() -> server.isReady(ports.http(), output));
      into.add(title, Unit.SECONDS, server.title(), seconds);
      bench.step("  %s, %s: %s".formatted(server.title(), title, Unit.SECONDS.format(seconds)));
      commitTime();
      ready = true;
      return new Running(process, ports.kafkaAddress());
    } finally {
      if (!ready) {
        process.close();
      }
    }
  }

  /** Lets two commits pass. */
  private void commitTime() {
    long end = System.nanoTime() + 2 * plan.commitInterval().toNanos();
    bench.await("waiting", FOLD_WITHIN, () -> System.nanoTime() - end > 0);
  }

  private void fill(Startable server, Path data) {
    var running = start(server, data, new Results(), "to put keys");
    try (var process = running.process;
        var admin = LogAdmin.open(running.kafka, PARTITIONS)) {
      new RawKafka(bench, running.kafka).produce(KeyDraw.ONCE.draw(plan.keys(), plan.keys()));
      bench.await(
          "folding",
          FOLD_WITHIN,
          ASK_EVERY,
          () -> admin.committed(server.group()) >= admin.records());
      process.stop();
    }
  }

  /** A server that is ready. */
  private record Running(ServerProcess process, String kafka) {
    void stop() {
      try (process) {
        process.stop();
      }
    }

    void kill() {
      process.kill();
    }
  }
}
