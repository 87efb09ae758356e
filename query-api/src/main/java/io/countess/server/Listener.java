package io.countess.server;

import io.countess.event.Decision;
import io.countess.query.PendingDecisions;
import io.countess.state.PartitionReader;
import io.countess.topology.FoldListener;

/** Hands what the fold tells to those who want to know. */
record Listener(PendingDecisions pending) implements FoldListener {
  @Override
  public void decided(byte[] caller, Decision decision) {
    pending.decided(caller, decision);
  }

  @Override
  public void folded(int partition, Decision decision) {}

  @Override
  public void deadLettered(int partition, String reason) {}

  @Override
  public void forwarded(int partition) {}

  @Override
  public void opened(PartitionReader reader) {}

  @Override
  public void closed(PartitionReader reader) {}
}
