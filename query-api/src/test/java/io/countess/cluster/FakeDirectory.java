package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.query.Instance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says what a test put into it. */
final class FakeDirectory implements Directory {
  final Map<Integer, Instance> holders = new ConcurrentHashMap<>();
  final Map<Integer, List<Instance>> standbys = new HashMap<>();
  final Map<Integer, String> owners = new HashMap<>();
  private final int partitions;

  /** Which one this instance is, if any. */
  Instance self;

  /** How often somebody asked who keeps standbys. */
  int copiesLookedUp;

  FakeDirectory(int partitions) {
    this.partitions = partitions;
  }

  /** Lets {@code holder} have these partitions. */
  FakeDirectory with(Instance holder, int... held) {
    for (int partition : held) {
      holders.put(partition, holder);
    }
    return this;
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public Optional<Instance> here(int partition) {
    return holder(partition).filter(holder -> holder == self);
  }

  @Override
  public Optional<Instance> holder(int partition) {
    return Optional.ofNullable(holders.get(partition));
  }

  @Override
  public List<Instance> standbys(int partition) {
    copiesLookedUp++;
    return standbys.getOrDefault(partition, List.of());
  }

  @Override
  public String owner(int partition) {
    return owners.getOrDefault(partition, Answer.Elsewhere.UNKNOWN);
  }
}
