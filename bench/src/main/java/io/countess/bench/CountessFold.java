package io.countess.bench;

import io.countess.event.Decision;
import io.countess.fold.Skipped;
import io.countess.query.PendingDecisions;
import io.countess.runtime.Fold;
import io.countess.runtime.RuntimeConfig;
import io.countess.topology.DecisionObserver;
import io.countess.topology.IncidentObserver;
import java.util.List;

/** The fold of Countess, as it is served. */
final class CountessFold implements Folding {
  static final String GROUP = "bench-countess";

  private final Applied applied = new Applied();
  private final PendingDecisions pending = new PendingDecisions();
  private final Fold fold;

  private CountessFold(BenchLog log) {
    var observers = List.of(pending, new Counted());
    fold = Fold.start(config(log), log.partitions(), log.source(), "127.0.0.1:1", observers);
  }

  static CountessFold start(Workbench bench, BenchLog log) {
    var started = new CountessFold(log);
    bench.await("the start of the fold", START_WITHIN, () -> started.isReady());
    return started;
  }

  private boolean isReady() {
    return fold.isRunning() && fold.registry().all().size() == fold.partitions();
  }

  @Override
  public Applied applied() {
    return applied;
  }

  @Override
  public String group() {
    return GROUP;
  }

  Fold fold() {
    return fold;
  }

  PendingDecisions pending() {
    return pending;
  }

  @Override
  public void close() {
    fold.close();
  }

  private static RuntimeConfig config(BenchLog log) {
    RuntimeConfig served = log.runtime();
    return new RuntimeConfig(
        served.bootstrapServers(),
        GROUP,
        log.stateDir(GROUP),
        served.store(),
        served.commitInterval(),
        served.threads(),
        served.partitions(),
        served.replication(),
        served.staticMember(),
        served.hotRows(),
        served.standbyReplicas(),
        served.kafka(),
        served.streams());
  }

  /** Counts what is folded. */
  private final class Counted implements DecisionObserver, IncidentObserver {
    @Override
    public void decided(int partition, byte[] key, Decision decision) {
      applied.one();
    }

    @Override
    public void overIds(int partition) {}

    @Override
    public void deadLettered(int partition, byte[] key, String reason) {
      applied.failed(reason);
    }

    @Override
    public void forwarded(int partition) {
      applied.failed("it was in the wrong partition, " + partition);
    }

    @Override
    public void skipped(int partition, Skipped reason) {
      applied.failed("it was passed over: " + reason);
    }

    @Override
    public void tickFailed(int partition) {}

    @Override
    public void foldsAgain(int partition, long offsets) {
      applied.failed("partition " + partition + " folds " + offsets + " offsets again");
    }
  }
}
