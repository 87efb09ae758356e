package io.countess.server;

import io.countess.answer.Readiness;
import io.countess.metrics.FoldMetrics;
import io.countess.metrics.Metrics;
import io.countess.metrics.MetricsConfig;
import io.countess.metrics.ServiceMetrics;
import io.countess.metrics.TransactionMetrics;
import io.countess.query.LagWatch;
import io.countess.query.LocalInstance;
import io.countess.query.LocalQueries;
import io.countess.query.LogCommands;
import io.countess.query.PendingDecisions;
import io.countess.runtime.Fold;
import io.countess.runtime.KafkaLog;
import io.countess.runtime.LogEnd;
import io.countess.runtime.LogWatch;
import io.countess.runtime.OpenTransactions;
import io.countess.runtime.RuntimeConfig;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.util.List;

/** What an instance does by itself: it folds its partitions, and answers for them. */
final class Core {
  private final int partitions;
  private final Fold fold;
  private final LocalInstance here;
  private final LocalQueries local;
  private final LagWatch lagWatch;
  private final OpenTransactions transactions;
  private final LogWatch logWatch;

  /**
   * Where it is measured.
   *
   * @param config what is told apart
   */
  record Meters(Metrics all, MetricsConfig config) {}

  /**
   * Starts it.
   *
   * @param advertised where other instances reach this one
   */
  Core(Log log, String advertised, Meters meters, Closers closers) {
    Metrics metrics = meters.all();
    RuntimeConfig runtime = log.runtime();
    partitions = log.topics().partitions();
    var pending = new PendingDecisions();
    var foldMetrics = new FoldMetrics(metrics, meters.config());
    var serviceMetrics = new ServiceMetrics(metrics);
    var source = new KafkaLog(log.admin(), log.topics().id());
    var observers = List.of(pending, foldMetrics);
    fold = Fold.start(runtime, partitions, source, advertised, observers);
    closers.add(fold::close);
    var appending =
        new LogCommands(CommandProducer.start(runtime), fold, pending, serviceMetrics::decided);
    closers.add(appending::close);
    var logEnd = new LogEnd(log.admin(), partitions);
    lagWatch = LagWatch.start(fold, logEnd);
    closers.add(lagWatch::close);
    transactions = OpenTransactions.watch(log.admin(), runtime.applicationId(), partitions);
    closers.add(transactions::close);
    logWatch = LogWatch.start(log.admin(), log.topics(), runtime, fold);
    closers.add(logWatch::close);
    local = new LocalQueries(fold, logEnd, lagWatch);
    closers.add(local::close);
    here = new LocalInstance(local, appending);
    foldMetrics.started(
        metrics, lagWatch::lags, () -> fold.registry().all().size(), fold::clockBehindMillis);
    serviceMetrics.started(
        () -> local.readiness().ready(), fold.registry()::all, runtime.stateDir());
    observe(metrics);
  }

  /** How many the log has. */
  int partitions() {
    return partitions;
  }

  Fold fold() {
    return fold;
  }

  /** Answers for the partitions that are here. */
  LocalInstance here() {
    return here;
  }

  Readiness readiness() {
    return local.readiness().heldUpBy(transactions.now());
  }

  private void observe(Metrics metrics) {
    TransactionMetrics.register(metrics, transactions::heldUp, transactions::ended);
    var kafkaStreams = new KafkaStreamsMetrics(fold.streams());
    metrics.bind(kafkaStreams, kafkaStreams::close);
    metrics.gauge(
        "countess.partitions.added",
        "Partitions that were added to the log, from which records are moved",
        logWatch::surplus);
  }
}
