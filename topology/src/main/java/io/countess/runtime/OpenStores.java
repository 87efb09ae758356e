package io.countess.runtime;

import io.countess.state.PartitionReader;
import io.countess.store.HotStore;
import io.countess.store.StoreWatch;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The stores that are open here, also of partitions that others fold. */
final class OpenStores implements StoreWatch {
  private final Map<Integer, HotStore> stores = new ConcurrentHashMap<>();

  @Override
  public void opened(int partition, HotStore store) {
    stores.put(partition, store);
  }

  @Override
  public void closed(int partition, HotStore store) {
    stores.remove(partition, store);
  }

  /** A look at the rows of a partition, if they are kept here. */
  Optional<PartitionReader> look(int partition, int partitions) {
    return Optional.ofNullable(stores.get(partition))
        .flatMap(store -> store.look(partition, partitions));
  }
}
