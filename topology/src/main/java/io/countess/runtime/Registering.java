package io.countess.runtime;

import io.countess.event.Decision;
import io.countess.fold.Skipped;
import io.countess.state.PartitionReader;
import io.countess.topology.FoldListener;

/** Keeps the registry, and passes everything on. */
record Registering(PartitionRegistry registry, FoldListener next) implements FoldListener {
  @Override
  public void decided(byte[] caller, Decision decision) {
    next.decided(caller, decision);
  }

  @Override
  public void folded(int partition, Decision decision) {
    next.folded(partition, decision);
  }

  @Override
  public void overIds(int partition) {
    next.overIds(partition);
  }

  @Override
  public void deadLettered(int partition, String reason) {
    next.deadLettered(partition, reason);
  }

  @Override
  public void forwarded(int partition) {
    next.forwarded(partition);
  }

  @Override
  public void skipped(int partition, Skipped reason) {
    next.skipped(partition, reason);
  }

  @Override
  public void tickFailed(int partition) {
    next.tickFailed(partition);
  }

  @Override
  public void foldsAgain(int partition, long offsets) {
    next.foldsAgain(partition, offsets);
  }

  @Override
  public void opened(PartitionReader reader) {
    registry.opened(reader);
    next.opened(reader);
  }

  @Override
  public void closed(PartitionReader reader) {
    registry.closed(reader);
    next.closed(reader);
  }
}
