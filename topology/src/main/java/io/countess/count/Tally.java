package io.countess.count;

/**
 * The totals of many counters, kept as the fold goes: what they count by when that ends, and how
 * many are live by when they stop to be. One thread changes it; any may read it.
 */
public final class Tally {
  private final EndSums sums = new EndSums();
  private final EndSums keys = new EndSums();

  /** Takes note of {@code n} more in a counter, which end at {@code end}. */
  public synchronized void added(long end, long n, State before, State after) {
    sums.add(end, n);
    moveKey(before, after);
  }

  /** Takes note that a counter has gone from one state to another, null where there is none. */
  public synchronized void replaced(State before, State after) {
    if (before != null) {
      before.forEachEnd((end, n) -> sums.add(end, -n));
    }
    if (after != null) {
      after.forEachEnd(sums::add);
    }
    moveKey(before, after);
  }

  /** Takes {@code other} away, counter by counter. */
  public synchronized void subtract(Tally other) {
    subtractSums(other);
    other.forEachKeyEnd((end, n) -> keys.add(end, -n));
  }

  /** Takes the sums of {@code other} away, and leaves the numbers of keys. */
  public synchronized void subtractSums(Tally other) {
    other.forEachSum((end, n) -> sums.add(end, -n));
  }

  /**
   * Forgets the sums, as after a change to a kind that has none, and leaves the numbers of keys.
   */
  public synchronized void clearSums() {
    sums.drop(State.NEVER);
  }

  /** The sum of the counts at an instant. */
  public synchronized long countAt(long millis) {
    return sums.sumAfter(millis);
  }

  /** How many counters are live at an instant. */
  public synchronized long keysAt(long millis) {
    return keys.sumAfter(millis);
  }

  /** Forgets what has ended at the floor. */
  public synchronized void drop(long floorMillis) {
    sums.drop(floorMillis);
    keys.drop(floorMillis);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    drop(State.NEVER);
  }

  /** Whether no counter is left in it. */
  public synchronized boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Visits the sums by end. */
  public synchronized void forEachSum(State.EndVisitor visitor) {
    sums.forEach(visitor);
  }

  /** Visits the numbers of keys by their last end. */
  public synchronized void forEachKeyEnd(State.EndVisitor visitor) {
    keys.forEach(visitor);
  }

  /** Adds to a sum, as read from {@link #forEachSum}. */
  public synchronized void addSum(long end, long n) {
    sums.add(end, n);
  }

  /** Adds to a number of keys, as read from {@link #forEachKeyEnd}. */
  public synchronized void addKeys(long end, long n) {
    keys.add(end, n);
  }

  private void moveKey(State before, State after) {
    long from = before == null ? 0 : before.lastEndMillis();
    long to = after == null ? 0 : after.lastEndMillis();
    if (from != to) {
      if (before != null) {
        keys.add(from, -1);
      }
      if (after != null) {
        keys.add(to, 1);
      }
    }
  }
}
