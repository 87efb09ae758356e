package io.countess.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of a store in order, for scans: cheap to add to, since most keys are never scanned.
 *
 * <p>New keys are collected unsorted. A full collection is sorted into a run, and runs of similar
 * lengths are merged, as in a log-structured merge tree that holds only keys. A merge goes on by a
 * few steps with each change, so that no change waits for a long one. Removed keys stay until a
 * merge drops them, which comes when they are half of all. So a key may stand here that the store
 * does not have.
 *
 * <p>One thread changes this; any thread may iterate, over the keys as they were when it began.
 */
final class SortedKeys {
  private static final Comparator<Bytes> ORDER = (a, b) -> Arrays.compareUnsigned(a.get(), b.get());
  private static final int RUN_LENGTH = 1024;

  /** A key takes part in about log2(keys / RUN_LENGTH) merges: so they keep up with new keys. */
  private static final int STEPS_PER_CHANGE = 32;

  private final Predicate<Bytes> isThere;
  private volatile Bytes[][] runs = {};
  private volatile Recent recent = new Recent();
  private Merge merge;
  private long entries;
  private long live;

  /** Keys that have not been sorted yet. */
  private static final class Recent {
    private final Bytes[] keys = new Bytes[RUN_LENGTH];
    private volatile int count;
  }

  /**
   * No keys yet.
   *
   * @param isThere whether the store has a key now
   */
  SortedKeys(Predicate<Bytes> isThere) {
    this.isThere = isThere;
  }

  /** Adds a key that the store has just got. */
  void add(Bytes key) {
    Recent open = recent;
    open.keys[open.count] = key;
    open.count++;
    entries++;
    live++;
    if (open.count == RUN_LENGTH) {
      Bytes[] run = open.keys.clone();
      Arrays.sort(run, ORDER);
      // Iterators look at the recent keys first: so these are always in one place or in both.
      runs = appended(runs, run);
      recent = new Recent();
    }
    step();
  }

  /** Takes note that the store has lost a key. */
  void removed() {
    live--;
    step();
  }

  void clear() {
    recent = new Recent();
    runs = new Bytes[0][];
    merge = null;
    entries = 0;
    live = 0;
  }

  /** Keys from {@code from} to {@code to}, both included and null for no bound, each once. */
  Iterator<Bytes> iterator(Bytes from, Bytes to) {
    Recent open = recent;
    Bytes[] unsorted = Arrays.copyOf(open.keys, open.count);
    Arrays.sort(unsorted, ORDER);
    var cursors = new PriorityQueue<Cursor>();
    addCursor(cursors, unsorted, from, to);
    for (Bytes[] run : runs) {
      addCursor(cursors, run, from, to);
    }
    return new Merged(cursors);
  }

  private static void addCursor(PriorityQueue<Cursor> to, Bytes[] run, Bytes from, Bytes end) {
    int first = from == null ? 0 : firstAtLeast(run, from);
    if (first < run.length && (end == null || ORDER.compare(run[first], end) <= 0)) {
      to.add(new Cursor(run, first, end));
    }
  }

  private static int firstAtLeast(Bytes[] run, Bytes key) {
    int found = Arrays.binarySearch(run, key, ORDER);
    return found >= 0 ? found : -found - 1;
  }

  private void step() {
    if (merge == null) {
      merge = nextMerge();
    }
    if (merge != null && merge.goOn(STEPS_PER_CHANGE)) {
      entries -= merge.dropped();
      runs = merge.replacedIn(runs);
      merge = null;
    }
  }

  /** The two newest runs of similar lengths; the two oldest where half of all keys have gone. */
  private Merge nextMerge() {
    Bytes[][] all = runs;
    boolean manyGone = entries > 2 * live + RUN_LENGTH;
    if (manyGone && all.length > 0) {
      return new Merge(all, 0, isThere);
    }
    for (int i = all.length - 2; i >= 0; i--) {
      if (all[i].length < 2 * all[i + 1].length) {
        return new Merge(all, i, key -> true);
      }
    }
    return null;
  }

  private static Bytes[][] appended(Bytes[][] runs, Bytes[] run) {
    Bytes[][] more = Arrays.copyOf(runs, runs.length + 1);
    more[runs.length] = run;
    return more;
  }

  /** Two neighbouring runs on their way to be one; or one that is only filtered. */
  private static final class Merge {
    private static final Bytes[] NONE = {};

    private final int at;
    private final int replaced;
    private final Bytes[] older;
    private final Bytes[] newer;
    private final Predicate<Bytes> keep;
    private final Bytes[] merged;
    private int i;
    private int j;
    private int size;

    Merge(Bytes[][] runs, int at, Predicate<Bytes> keep) {
      this.at = at;
      this.keep = keep;
      replaced = Math.min(2, runs.length - at);
      older = runs[at];
      newer = replaced == 2 ? runs[at + 1] : NONE;
      merged = new Bytes[older.length + newer.length];
    }

    /** Merges up to {@code steps} keys; answers whether that was all. */
    boolean goOn(int steps) {
      for (int n = 0; n < steps && i + j < older.length + newer.length; n++) {
        Bytes key = next();
        boolean repeated = size > 0 && ORDER.compare(merged[size - 1], key) == 0;
        if (!repeated && keep.test(key)) {
          merged[size++] = key;
        }
      }
      return i + j == older.length + newer.length;
    }

    private Bytes next() {
      boolean fromNewer =
          i == older.length || j < newer.length && ORDER.compare(newer[j], older[i]) < 0;
      return fromNewer ? newer[j++] : older[i++];
    }

    int dropped() {
      return merged.length - size;
    }

    /** The runs, to which others may have been appended meanwhile, with the merged one. */
    Bytes[][] replacedIn(Bytes[][] runs) {
      int after = at + replaced;
      Bytes[][] fewer = new Bytes[runs.length - replaced + 1][];
      System.arraycopy(runs, 0, fewer, 0, at);
      fewer[at] = size == merged.length ? merged : Arrays.copyOf(merged, size);
      System.arraycopy(runs, after, fewer, at + 1, runs.length - after);
      return fewer;
    }
  }

  /** A place in a run. */
  private static final class Cursor implements Comparable<Cursor> {
    private final Bytes[] run;
    private final Bytes end;
    private int at;

    Cursor(Bytes[] run, int at, Bytes end) {
      this.run = run;
      this.at = at;
      this.end = end;
    }

    Bytes key() {
      return run[at];
    }

    boolean advance() {
      at++;
      return at < run.length && (end == null || ORDER.compare(run[at], end) <= 0);
    }

    @Override
    public int compareTo(Cursor other) {
      return ORDER.compare(key(), other.key());
    }
  }

  private static final class Merged implements Iterator<Bytes> {
    private final PriorityQueue<Cursor> cursors;

    Merged(PriorityQueue<Cursor> cursors) {
      this.cursors = cursors;
    }

    @Override
    public boolean hasNext() {
      return !cursors.isEmpty();
    }

    @Override
    public Bytes next() {
      if (cursors.isEmpty()) {
        throw new NoSuchElementException();
      }
      Bytes key = pop();
      while (!cursors.isEmpty() && ORDER.compare(cursors.peek().key(), key) == 0) {
        pop();
      }
      return key;
    }

    private Bytes pop() {
      Cursor least = cursors.poll();
      Bytes key = least.key();
      if (least.advance()) {
        cursors.add(least);
      }
      return key;
    }
  }
}
