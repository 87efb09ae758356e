package io.countess.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Puts in bulk: a log that is there already is folded from its start to its end. In each round the
 * log is written anew, read by a plain consumer, and folded by Countess and by the windowed count
 * in turns.
 */
final class BulkPart implements Part.Measuring {
  private static final Duration FOLD_WITHIN = Duration.ofMinutes(10);
  private static final Duration COMMIT_POLL = Duration.ofMillis(5);

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  BulkPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    for (KeyDraw draw : List.of(KeyDraw.ZIPF, KeyDraw.UNIFORM)) {
      int[] keys = draw.draw(plan.records(), plan.keys());
      if (draw == KeyDraw.ZIPF) {
        Warmup.here(bench, plan).run("bulk", () -> round(new Results(), draw, keys, 0));
      }
      for (int round = 1; round <= plan.rounds(); round++) {
        bench.step("bulk, %s, round %d of %d".formatted(draw.title(), round, plan.rounds()));
        round(results, draw, keys, round);
      }
    }
    return results.comparisons();
  }

  private void round(Results into, KeyDraw draw, int[] keys, int round) {
    String until = "puts in bulk, " + draw.title() + ", until ";
    String applied = until + "applied";
    String committed = until + "applied and committed";
    String processor = "processor time a put in bulk, " + draw.title() + ", all threads";
    into.order(applied, Unit.PER_SECOND, Folding.CONTESTANTS.keySet());
    into.order(committed, Unit.PER_SECOND, Folding.CONTESTANTS.keySet());
    into.order(processor, Unit.MICROS, Folding.CONTESTANTS.keySet());
    try (var temporary = TemporaryLog.start(bench, plan)) {
      BenchLog log = temporary.log();
      var raw = new RawKafka(bench, log.servers());
      double produced = raw.produce(keys);
      double consumed = raw.consume(log.partitions(), keys.length);
      for (String name : turns(round)) {
        Took took = fold(log, Folding.CONTESTANTS.get(name), keys.length);
        into.add(applied, Unit.PER_SECOND, name, took.applied);
        into.add(committed, Unit.PER_SECOND, name, took.committed);
        into.add(processor, Unit.MICROS, name, took.processorMicros);
        bench.step("  %s: %s applied".formatted(name, Unit.PER_SECOND.format(took.applied)));
      }
      into.add(applied, Unit.PER_SECOND, "raw Kafka consume", consumed);
      into.add(applied, Unit.PER_SECOND, "raw Kafka produce", produced);
    }
  }

  /**
   * What a run came to.
   *
   * @param applied records per second until all were applied
   * @param committed until that was committed too
   * @param processorMicros what a record cost until then in the whole process, its broker and the
   *     collector included
   */
  private record Took(double applied, double committed, double processorMicros) {
    static Took of(long records, Moment first, Moment applied, Moment committed) {
      return new Took(
          records * 1e9 / (applied.nanos() - first.nanos()),
          records * 1e9 / (committed.nanos() - first.nanos()),
          (committed.processorNanos() - first.processorNanos()) / 1e3 / records);
    }
  }

  private Took fold(BenchLog log, Folding.Starter starter, long records) {
    System.gc();
    try (Folding folding = starter.start(bench, log)) {
      Applied applied = folding.applied();
      bench.await("folding", FOLD_WITHIN, () -> applied.records() >= records);
      Moment all = Moment.now();
      bench.await(
          "the commit",
          FOLD_WITHIN,
          COMMIT_POLL,
          () -> log.admin().committed(folding.group()) >= records);
      return Took.of(records, applied.first(), all, Moment.now());
    }
  }

  /** Who goes first changes from round to round. */
  private static List<String> turns(int round) {
    var turns = new ArrayList<>(Folding.CONTESTANTS.keySet());
    Collections.rotate(turns, round);
    return turns;
  }
}
