package io.countess.topology;

import io.countess.state.PartitionReader;

/** Is told which partitions can be read here. */
public non-sealed interface PartitionObserver extends FoldObserver {
  /** A partition can be read here from now on. */
  void opened(PartitionReader reader);

  /** A partition can't be read here any more. */
  void closed(PartitionReader reader);
}
