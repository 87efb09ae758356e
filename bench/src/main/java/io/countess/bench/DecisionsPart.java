package io.countess.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single puts, each answered with what it led to. Nothing else goes on meanwhile. */
final class DecisionsPart implements Part.Measuring {
  private static final int KEYS = 1000;
  private static final List<Integer> IN_FLIGHT = List.of(1, 64, 512);

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  DecisionsPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    try (var log = TemporaryLog.start(bench, plan);
        var countess = CountessDecider.start(bench, log.log(), KEYS);
        var raw = RawDecider.start(log.log());
        var dsl = DslDecider.start(bench, log.log())) {
      var callers = new LinkedHashMap<String, Callers>();
      callers.put("Countess", new Callers(bench, countess, KEYS));
      callers.put("Kafka Streams DSL count, no cache", new Callers(bench, dsl, KEYS));
      callers.put("raw Kafka produce and consume", new Callers(bench, raw, KEYS));
      warmUp(callers);
      for (int round = 1; round <= plan.rounds(); round++) {
        for (int inFlight : IN_FLIGHT) {
          measure(callers, inFlight, round);
        }
      }
      return results.comparisons();
    }
  }

  private void warmUp(Map<String, Callers> callers) {
    Duration span = plan.span();
    Warmup.here(bench, plan)
        .run(
            "decisions",
            () -> {
              callers.values().forEach(each -> each.run(512, span));
              callers.values().forEach(each -> each.run(1, span));
            });
  }

  private void measure(Map<String, Callers> callers, int inFlight, int round) {
    bench.step("decisions, %d in flight, round %d of %d".formatted(inFlight, round, plan.rounds()));
    String title = "decisions, " + inFlight + " in flight, ";
    callers.forEach(
        (name, caller) -> {
          Speed speed = caller.run(inFlight, plan.span());
          results.add(title + "a second", Unit.PER_SECOND, name, speed.perSecond());
          results.add(title + "p50", Unit.MILLIS, name, speed.p50Millis());
          results.add(title + "p99", Unit.MILLIS, name, speed.p99Millis());
          bench.step("  %s: %s".formatted(name, speed));
        });
  }
}
