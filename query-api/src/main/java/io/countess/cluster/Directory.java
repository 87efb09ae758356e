package io.countess.cluster;

import io.countess.query.Instance;
import java.util.List;
import java.util.Optional;

/** Where partitions are now, as far as that is known here. */
public interface Directory {
  int partitions();

  /** This instance, if it holds a partition. */
  Optional<Instance> here(int partition);

  /** Who holds a partition; empty where nobody is known to, as while it moves. */
  Optional<Instance> holder(int partition);

  /** Who may keep a standby replica of a partition; nobody, unless there are meant to be some. */
  List<Instance> standbys(int partition);

  /**
   * Who holds it in words: {@code host:port} of another instance, or {@link
   * io.countess.query.Answer.Elsewhere#UNKNOWN}.
   */
  String owner(int partition);
}
