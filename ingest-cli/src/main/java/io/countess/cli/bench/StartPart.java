package io.countess.cli.bench;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.ByteString;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long a process takes from its start to the first count that it answers over HTTP. A process
 * that is killed has been ready for long enough to have committed what it holds.
 */
final class StartPart implements Part.Measuring {
  private static final Duration FOLD_WITHIN = Duration.ofMinutes(10);
  private static final Duration ASK_EVERY = Duration.ofMillis(200);
  private static final String FIRST_KEY =
      "/v1/namespaces/" + KeyDraw.NAMESPACE + "/keys/" + KeyDraw.name(0);

  /** Long enough that no key expires while this measures. */
  private static final String TTL = "1d";

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  StartPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    Path data = bench.path("served");
    for (int round = 1; round <= plan.rounds(); round++) {
      bench.step("start without keys, round %d of %d".formatted(round, plan.rounds()));
      bench.delete(data);
      time("fresh", data).stop();
      again("no keys", data);
    }
    bench.step("start with %d keys, which are put first".formatted(plan.keys()));
    try (var serve = start(data)) {
      serve.awaitAnswer(FIRST_KEY);
      fill(serve);
      serve.stop();
    }
    for (int round = 1; round <= plan.rounds(); round++) {
      bench.step("start with keys, round %d of %d".formatted(round, plan.rounds()));
      again(plan.keys() + " keys", data);
    }
    bench.delete(data);
    return results.comparisons();
  }

  /** Starts what has been stopped, kills it, starts it again, and stops it. */
  private void again(String holding, Path data) {
    time(holding + ", after a clean stop", data).kill();
    time(holding + ", after kill -9", data).stop();
  }

  private ServeProcess time(String what, Path data) {
    ServeProcess serve = start(data);
    boolean answered = false;
    try {
      double seconds = serve.awaitAnswer(FIRST_KEY);
      results.add("ready, " + what, Unit.SECONDS, "Countess", seconds);
      bench.step("  %s: %s".formatted(what, Unit.SECONDS.format(seconds)));
      commitTime();
      answered = true;
      return serve;
    } finally {
      if (!answered) {
        serve.close();
      }
    }
  }

  /** Lets two commits pass. */
  private void commitTime() {
    long end = System.nanoTime() + 2 * plan.commitInterval().toNanos();
    bench.await("waiting", FOLD_WITHIN, () -> System.nanoTime() - end > 0);
  }

  private void fill(ServeProcess serve) {
    new RawKafka(bench, serve.kafka()).produce(KeyDraw.ONCE.draw(plan.keys(), plan.keys()));
    var namespace = ByteString.utf8("namespace", KeyDraw.NAMESPACE);
    try (var counts = Counts.open(CountsConfig.of(serve.url()))) {
      bench.await(
          "folding",
          FOLD_WITHIN,
          ASK_EVERY,
          () -> counts.namespace(namespace).totals().keys() == plan.keys());
    }
    commitTime();
  }

  private ServeProcess start(Path data) {
    Map<Setting, String> settings = plan.settings(data);
    settings.put(Setting.DEFAULT_TTL, TTL);
    return ServeProcess.start(bench, settings);
  }
}
