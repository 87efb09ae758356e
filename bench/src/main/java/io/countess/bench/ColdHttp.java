package io.countess.bench;

import io.countess.bench.ColdFigures.When;
import io.countess.bench.ColdFigures.Work;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Puts and counts over connections that are kept: in a server's first seconds, and once warm. */
final class ColdHttp {
  static final int CONNECTIONS = 32;

  private static final String PUTS = "HTTP puts, " + CONNECTIONS + " connections";
  private static final String COUNTS = "HTTP counts, " + CONNECTIONS + " connections";

  /** Puts take one half of the first ten seconds, counts the other. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  /** Where that is less, in spans. */
  private static final int FIRST_SPANS = 2;

  private static final int WARM_UP_SPANS = 3;

  /** Of a span: what needs no whole one. */
  private static final int PARTS = 3;

  private static final int REQUESTS = 10_000;
  private static final int KEYS = 100_000;

  private final Workbench bench;
  private final Duration span;
  private final ColdFigures figures;

  ColdHttp(Workbench bench, Plan plan, ColdFigures figures) {
    this.bench = bench;
    this.span = plan.span();
    this.figures = figures;
  }

  /**
   * Requests of a kind.
   *
   * @param processorTime that the server has taken so far
   */
  private record Requests(Work work, Supplier<Duration> processorTime, List<byte[]> all) {}

  /** Measures a server that has just become ready. */
  void measure(Started server) {
    var puts = requests(server, PUTS, "POST");
    var counts = requests(server, COUNTS, "GET");
    try (var load = open(it -> new HttpExchange(server.http(), it))) {
      Duration first = shorter(FIRST, span.multipliedBy(FIRST_SPANS));
      run(load, puts, When.COLD, first);
      run(load, counts, When.COLD, first);
      warmUp(server, load, List.of(puts, counts));
      run(load, puts, When.WARM, span);
      run(load, counts, When.WARM, span);
    }
  }

  private void warmUp(Started server, Load load, List<Requests> kinds) {
    Duration atOnce = span.dividedBy(PARTS);
    try (var jvm = AttachedJvm.attach(server.process().pid())) {
      var warmup = new Warmup(bench, jvm::compiledMillis, span.multipliedBy(WARM_UP_SPANS));
      Runnable turn = () -> kinds.forEach(kind -> load.run(kind.all, atOnce));
      figures.add(new Work("HTTP", server.title()), warmup.run(server.title() + ", HTTP", turn));
    }
  }

  /** Measures what has nothing to warm up, beside both. */
  void measure(RedisServer redis) {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), redis.port());
    var incr = commands(redis, PUTS, "INCR");
    var get = commands(redis, COUNTS, "GET");
    try (var load = open(it -> new RespExchange(server, 1, it))) {
      for (When when : When.values()) {
        run(load, incr, when, span.dividedBy(PARTS));
        run(load, get, when, span.dividedBy(PARTS));
      }
    }
  }

  private Load open(Load.Opener opener) {
    return Load.open(bench, CONNECTIONS, opener);
  }

  private void run(Load load, Requests requests, When when, Duration howLong) {
    Work work = requests.work;
    Duration before = requests.processorTime.get();
    long startNanos = System.nanoTime();
    Speed speed = load.run(requests.all, howLong);
    double answered = speed.perSecond() * (System.nanoTime() - startNanos) / 1e9;
    double micros = requests.processorTime.get().minus(before).toNanos() / 1e3 / answered;
    figures.add(when, work, "a second", Unit.PER_SECOND, speed.perSecond());
    figures.add(when, work, "processor time each", Unit.MICROS, micros);
  }

  private static Requests requests(Started server, String what, String method) {
    var keys = new SplittableRandom(1);
    String authority = "127.0.0.1:" + server.ports().http();
    List<byte[]> all =
        Stream.generate(() -> Api.KEYS + KeyDraw.name(keys.nextInt(KEYS)))
            .limit(REQUESTS)
            .map(path -> Api.request(method, path, authority))
            .toList();
    return new Requests(new Work(what, server.title()), server.process()::processorTime, all);
  }

  private static Requests commands(RedisServer redis, String what, String command) {
    var keys = new SplittableRandom(1);
    List<byte[]> all =
        Stream.generate(() -> KeyDraw.name(keys.nextInt(KEYS)))
            .limit(REQUESTS)
            .map(key -> DoorsPart.request(command, key))
            .toList();
    return new Requests(new Work(what, RedisServer.TITLE), redis::processorTime, all);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
