package io.countess.server;

import io.countess.event.Decision;
import io.countess.fold.Skipped;
import io.countess.metrics.FoldMetrics;
import io.countess.query.PendingDecisions;
import io.countess.state.PartitionReader;
import io.countess.topology.FoldListener;

/** Hands the fold's events on to the waiters and the meters. */
record Listener(PendingDecisions pending, FoldMetrics metrics) implements FoldListener {
  @Override
  public void decided(byte[] caller, Decision decision) {
    pending.decided(caller, decision);
  }

  @Override
  public void folded(int partition, Decision decision) {
    metrics.folded(decision);
  }

  @Override
  public void overIds(int partition) {
    metrics.overIds();
  }

  @Override
  public void deadLettered(int partition, String reason) {
    metrics.deadLettered();
  }

  @Override
  public void forwarded(int partition) {
    metrics.forwarded();
  }

  @Override
  public void skipped(int partition, Skipped reason) {
    metrics.skipped(reason);
  }

  @Override
  public void tickFailed(int partition) {
    metrics.tickFailed();
  }

  @Override
  public void foldsAgain(int partition, long offsets) {
    metrics.foldsAgain(offsets);
  }

  @Override
  public void opened(PartitionReader reader) {}

  @Override
  public void closed(PartitionReader reader) {}
}
