package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.query.Instance;
import io.countess.runtime.Fold;
import java.util.List;
import java.util.Optional;

/**
 * What the fold knows of its group: what is open here, and for the rest what the last assignment
 * said. That may be out of date for a while, when an instance has died or a partition moves.
 */
public record FoldDirectory(Fold fold, Instance here, Peers peers) implements Directory {
  @Override
  public int partitions() {
    return fold.partitions();
  }

  @Override
  public Optional<Instance> here(int partition) {
    return fold.registry().reader(partition).map(reader -> here);
  }

  @Override
  public Optional<Instance> holder(int partition) {
    return here(partition).or(() -> other(partition).map(peers::at));
  }

  @Override
  public List<Instance> copies(int partition) {
    return fold.assignment().copyHolders(partition).stream()
        .map(holder -> fold.assignment().isSelf(holder) ? here : peers.at(holder))
        .toList();
  }

  @Override
  public String owner(int partition) {
    return other(partition).orElse(Answer.Elsewhere.UNKNOWN);
  }

  private Optional<String> other(int partition) {
    return fold.assignment().otherOwner(partition);
  }
}
