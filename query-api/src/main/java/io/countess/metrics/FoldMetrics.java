package io.countess.metrics;

import io.countess.answer.Lag;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.fold.Skipped;
import io.countess.topology.DecisionObserver;
import io.countess.topology.IncidentObserver;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What the fold has done since this process started, and how far behind it is. */
public final class FoldMetrics implements DecisionObserver, IncidentObserver {
  private final Map<Outcome, LongAdder> folded = new EnumMap<>(Outcome.class);
  private final Map<Skipped, LongAdder> skipped = new EnumMap<>(Skipped.class);
  private final LongAdder observed = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder overIds = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder forwarded = new LongAdder();
  private final LongAdder ticksFailed = new LongAdder();
  private final LongAdder foldedAgain = new LongAdder();
  private final NamespaceMetrics namespaces;

  /**
   * @param config which namespaces have metrics of their own
   */
  public FoldMetrics(Metrics metrics, MetricsConfig config) {
    namespaces = new NamespaceMetrics(metrics, config);
    byOutcome(metrics);
    byReason(metrics);
    metrics.total(
        "countess.events.would.refuse",
        "Events accepted only because the policy observes",
        observed::sum);
    metrics.total(
        "countess.events.replayed",
        "Events answered by the first decision under their id",
        replayed::sum);
    metrics.total(
        "countess.events.over.ids",
        "Events refused since their counter remembers as many ids as it can",
        overIds::sum);
    metrics.total(
        "countess.dead.letters", "Records that went to the dead letters", deadLetters::sum);
    metrics.total(
        "countess.events.forwarded",
        "Misplaced records and policies sent on to another partition",
        forwarded::sum);
    metrics.total(
        "countess.ticks.failed",
        "Ticks that the log did not take, as where this machine's clock is far ahead",
        ticksFailed::sum);
    metrics.total(
        "countess.refolded.records",
        "Offsets of the log folded again since a partition's state was behind what was committed",
        foldedAgain::sum);
  }

  private void byOutcome(Metrics metrics) {
    for (Outcome outcome : Outcome.values()) {
      var count = new LongAdder();
      folded.put(outcome, count);
      metrics.total(
          "countess.events.folded",
          "Events folded, by what became of them",
          count::sum,
          "outcome",
          outcome.wireName());
    }
  }

  private void byReason(Metrics metrics) {
    for (Skipped reason : Skipped.values()) {
      var count = new LongAdder();
      skipped.put(reason, count);
      metrics.total(
          "countess.forwarded.skipped",
          "Forwarded records passed over: repeats, of another log, or behind a gap until repeated",
          count::sum,
          "reason",
          reason.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Registers what can be read only once the fold has been started. */
  public void started(
      Metrics metrics,
      Supplier<SortedMap<Integer, Lag>> lags,
      IntSupplier held,
      LongSupplier clockBehindMillis) {
    metrics.gauge(
        "countess.clock.behind.seconds",
        "By how much this machine's clock is behind the partition here that is furthest ahead",
        () -> clockBehindMillis.getAsLong() / 1000.0);
    metrics.gaugePerPartition(
        "countess_partition_lag",
        "Offsets between the fold and the end of what can be read of the log",
        lags,
        Lag::records);
    metrics.gaugePerPartition(
        "countess_partition_lag_seconds",
        "For how long the oldest record has been in the log that is not folded, at most",
        lags,
        Lag::seconds);
    metrics.gauge("countess.partitions", "Partitions that this instance holds", held::getAsInt);
  }

  @Override
  public void decided(int partition, byte[] key, Decision decision) {
    folded.get(decision.outcome()).increment();
    namespaces.decided(key, decision);
    if (decision.details().wouldRefuse()) {
      observed.increment();
    }
    if (decision.details().replayed()) {
      replayed.increment();
    }
  }

  @Override
  public void overIds(int partition) {
    overIds.increment();
  }

  @Override
  public void deadLettered(int partition, byte[] key, String reason) {
    deadLetters.increment();
    namespaces.buried(key);
  }

  @Override
  public void skipped(int partition, Skipped reason) {
    skipped.get(reason).increment();
  }

  @Override
  public void foldsAgain(int partition, long offsets) {
    foldedAgain.add(offsets);
  }

  @Override
  public void tickFailed(int partition) {
    ticksFailed.increment();
  }

  @Override
  public void forwarded(int partition) {
    forwarded.increment();
  }
}
