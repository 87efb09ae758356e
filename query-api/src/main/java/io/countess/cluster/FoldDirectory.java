package io.countess.cluster;

import io.countess.query.Holders;
import io.countess.query.Instance;
import io.countess.runtime.Assignment;
import java.util.List;
import java.util.Optional;

/** What the fold knows of its group, with the way to those who hold its partitions. */
public record FoldDirectory(Holders holders, Instance here, Peers peers) implements Directory {
  @Override
  public int partitions() {
    return holders.fold().partitions();
  }

  @Override
  public Optional<Instance> here(int partition) {
    return holders.here(partition).map(reader -> here);
  }

  @Override
  public Optional<Instance> holder(int partition) {
    return here(partition).or(() -> holders.other(partition).map(peers::at));
  }

  @Override
  public List<Instance> standbys(int partition) {
    Assignment assignment = holders.fold().assignment();
    return assignment.standbyHolders(partition).stream()
        .map(holder -> assignment.isSelf(holder) ? here : peers.at(holder))
        .toList();
  }

  @Override
  public String owner(int partition) {
    return holders.owner(partition);
  }
}
