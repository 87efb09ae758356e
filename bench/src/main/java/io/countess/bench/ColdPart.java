package io.countess.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a user meets who has just started a server, and what the same process does when it is warm.
 * Each measurement has a process of its own, on a fresh directory, that is killed after it. In one
 * round only: it takes long enough as it is.
 */
final class ColdPart implements Part.Measuring {
  private static final String START = "start until ready, fresh, ";

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();
  private final ColdHttp http;
  private final ColdBulk bulk;
  private List<String> jvm = OwnProgram.jvm();

  ColdPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
    var figures = new ColdFigures(bench, results);
    http = new ColdHttp(bench, plan, figures);
    bulk = new ColdBulk(bench, plan, figures);
  }

  @Override
  public List<Comparison> run() {
    new Practice(bench, plan).run(bulk.keys(), ColdHttp.CONNECTIONS);
    countess(http::measure);
    plain(PlainCount.Use.ANSWERS, http::measure);
    try (var redis = RedisServer.start(bench)) {
      redis.server().ifPresent(http::measure);
    }
    countess(server -> bulk.cold(server, Placing.MURMUR2));
    countess(this::logOfCountess);
    plain(PlainCount.Use.BULK, this::logOfPlain);
    return results.comparisons();
  }

  private void logOfCountess(Started server) {
    bulk.cold(server, Placing.KCAT);
    bulk.warmUp(server, Placing.KCAT);
    bulk.warm(server, Placing.KCAT);
    bulk.warm(server, Placing.MURMUR2);
  }

  /** It counts records where they stand: how they are placed is all the same to it. */
  private void logOfPlain(Started server) {
    bulk.cold(server, Placing.MURMUR2, Placing.KCAT);
    bulk.warmUp(server, Placing.MURMUR2);
    bulk.warm(server, Placing.MURMUR2, Placing.KCAT);
  }

  private void countess(Consumer<Started> measuring) {
    serve(
        new LaunchedCountess(new CountessServer(plan)),
        server -> {
          jvm = server.process().jvm();
          measuring.accept(server);
        });
  }

  /** On the JVM that the launcher has chosen for Countess, with the options that it has given. */
  private void plain(PlainCount.Use use, Consumer<Started> measuring) {
    serve(new PlainServer(plan, jvm, use), measuring);
  }

  private void serve(Startable server, Consumer<Started> measuring) {
    Path data = bench.path("cold");
    Path output = bench.path("server.out");
    Ports ports = Ports.free();
    bench.step("cold, %s starts".formatted(server.title()));
    var command = server.command(data, ports.kafka(), ports.http());
    try (var process = ServerProcess.start(bench, command, output)) {
      double seconds = process.awaitReady(() -> server.isReady(ports.http(), output));
      double processor = process.processorTime().toMillis() / 1e3;
      String title = START + Launcher.archive(process.options());
      results.add(title, Unit.SECONDS, server.title(), seconds);
      results.add(title + ", processor time", Unit.SECONDS, server.title(), processor);
      bench.step("  %s: %s".formatted(title, Unit.SECONDS.format(seconds)));
      measuring.accept(new Started(server.title(), process, ports));
    } finally {
      bench.delete(data);
    }
  }
}
