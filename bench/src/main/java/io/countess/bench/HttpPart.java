package io.countess.bench;

import io.countess.server.Countess;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts and puts over HTTP, asked by a client in this process. */
final class HttpPart implements Part.Measuring {
  private static final int CONNECTIONS = 32;
  private static final int KEYS = 1000;
  private static final String NOTHING = "an empty answer (/healthz)";

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  HttpPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    Path data = bench.path("http");
    try (var countess = Countess.start(plan.countess(data))) {
      bench.awaitReady(countess);
      URI url = URI.create(countess.url());
      var server = new InetSocketAddress(url.getHost(), url.getPort());
      try (var load = Load.open(bench, CONNECTIONS, it -> new HttpExchange(server, it))) {
        measure(load, url.getAuthority());
      }
    } finally {
      bench.delete(data);
    }
    return results.comparisons();
  }

  private void measure(Load load, String authority) {
    var kinds = new LinkedHashMap<String, List<byte[]>>();
    kinds.put("puts", toKeys("POST", authority));
    kinds.put("counts", toKeys("GET", authority));
    kinds.put(NOTHING, List.of(Api.request("GET", "/healthz", authority)));
    Warmup.here(bench, plan)
        .run("http", () -> kinds.values().forEach(requests -> load.run(requests, plan.span())));
    for (int round = 1; round <= plan.rounds(); round++) {
      bench.step("http, round %d of %d".formatted(round, plan.rounds()));
      round(load, kinds);
    }
  }

  private void round(Load load, Map<String, List<byte[]>> kinds) {
    var speeds = new LinkedHashMap<String, Speed>();
    kinds.forEach(
        (kind, requests) -> {
          Speed speed = load.run(requests, plan.span());
          bench.step("  %s: %s".formatted(kind, speed));
          speeds.put(kind, speed);
        });
    for (String kind : List.of("counts", "puts")) {
      for (String of : List.of(kind, NOTHING)) {
        String name = of.equals(kind) ? "Countess" : of;
        String title = "HTTP " + kind + ", " + CONNECTIONS + " connections, ";
        results.add(title + "a second", Unit.PER_SECOND, name, speeds.get(of).perSecond());
        results.add(title + "p50", Unit.MILLIS, name, speeds.get(of).p50Millis());
        results.add(title + "p99", Unit.MILLIS, name, speeds.get(of).p99Millis());
      }
    }
  }

  private static List<byte[]> toKeys(String method, String authority) {
    return IntStream.range(0, KEYS)
        .mapToObj(key -> Api.request(method, Api.KEYS + KeyDraw.name(key), authority))
        .toList();
  }
}
