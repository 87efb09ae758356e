package io.countess.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/**
 * The rows of a partition that outlive a crash: those of its last commit, unless the disk has lost
 * that too.
 */
public final class SimulatedDisk {
  private static final Bytes BEGUN = Bytes.wrap(new byte[] {'B'});
  private static final Bytes CHECKPOINT = Bytes.wrap(new byte[] {'M'});

  private final TreeMap<Bytes, byte[]> committed = new TreeMap<>();
  private final List<TreeMap<Bytes, byte[]>> history = new ArrayList<>();
  private final OptionalInt places;
  private InMemoryStore beneath;

  public SimulatedDisk() {
    this.places = OptionalInt.empty();
  }

  /** For so many namespaces. */
  public SimulatedDisk(int places) {
    this.places = OptionalInt.of(places);
  }

  /** A store that starts with what was committed last. */
  public HotStore open(int hotRows) {
    beneath = new InMemoryStore(Catalog.STORE);
    committed.forEach(beneath::put);
    return places.isPresent()
        ? new HotStore(beneath, hotRows, places.getAsInt())
        : new HotStore(beneath, hotRows);
  }

  /** Fills a store that was closed and initialized again with what was committed last. */
  public void restore() {
    committed.forEach(beneath::put);
  }

  /**
   * Loses what was written since some commit.
   *
   * @param random draws which, of all there were
   */
  public void loseEnd(SplittableRandom random) {
    keep(random.nextInt(history.size() + 1));
  }

  /** Loses it, but for a part of the rows that were written next: not the last of them. */
  public void tear(SplittableRandom random) {
    int kept = random.nextInt(history.size() + 1);
    Map<Bytes, byte[]> after = kept < history.size() ? history.get(kept) : committed;
    keep(kept);
    if (after.equals(committed)) {
      return;
    }
    committed.put(BEGUN, after.get(BEGUN));
    after.forEach((key, value) -> tear(key, value, random));
    committed.keySet().removeIf(key -> !after.containsKey(key) && random.nextBoolean());
  }

  /** Loses what was written between two commits, unless it was written again after them. */
  public void loseMiddle(SplittableRandom random) {
    if (history.size() < 3) {
      return;
    }
    int from = random.nextInt(history.size() - 2);
    Map<Bytes, byte[]> before = history.get(from);
    Map<Bytes, byte[]> after = history.get(from + 1 + random.nextInt(history.size() - 2 - from));
    var touched = new HashSet<>(before.keySet());
    touched.addAll(after.keySet());
    for (Bytes key : touched) {
      boolean writtenThere = before.get(key) != after.get(key);
      if (writtenThere && committed.get(key) == after.get(key)) {
        committed.compute(key, (same, value) -> before.get(same));
      }
    }
  }

  private void tear(Bytes key, byte[] value, SplittableRandom random) {
    if (!key.equals(CHECKPOINT) && random.nextBoolean()) {
      committed.put(key, value);
    }
  }

  private void keep(int commits) {
    Map<Bytes, byte[]> rows = commits == 0 ? Map.of() : Map.copyOf(history.get(commits - 1));
    history.subList(commits, history.size()).clear();
    committed.clear();
    committed.putAll(rows);
  }

  /** What has been written beneath is there to stay. */
  public void commit() {
    committed.clear();
    try (var rows = beneath.all()) {
      rows.forEachRemaining(row -> committed.put(row.key, row.value));
    }
    history.add(new TreeMap<>(committed));
  }
}
