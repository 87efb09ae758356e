package io.countess.state;

import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** The rows of a partition that outlive a crash: those of its last commit. */
public final class SimulatedDisk {
  private final TreeMap<Bytes, byte[]> committed = new TreeMap<>();
  private final int places;
  private InMemoryStore beneath;

  public SimulatedDisk() {
    this(Namespaces.MAX);
  }

  /** For so many namespaces. */
  public SimulatedDisk(int places) {
    this.places = places;
  }

  /** A store that starts with what was committed last. */
  public HotStore open(int hotRows) {
    beneath = new InMemoryStore(Catalog.STORE);
    committed.forEach(beneath::put);
    return new HotStore(beneath, hotRows, places);
  }

  /** Fills a store that was closed and initialized again with what was committed last. */
  public void restore() {
    committed.forEach(beneath::put);
  }

  /** What has been written beneath is there to stay. */
  public void commit() {
    committed.clear();
    try (var rows = beneath.all()) {
      rows.forEachRemaining(row -> committed.put(row.key, row.value));
    }
  }
}
