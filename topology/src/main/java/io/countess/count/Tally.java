package io.countess.count;

/**
 * The totals of many counters, kept as the fold goes. Amounts are kept by their ends, and live
 * counters by the instant at which they stop to be live. One thread changes it; any may read it.
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
      before.forEachEnd(sums::subtract);
    }
    if (after != null) {
      after.forEachEnd(sums::add);
    }
    moveKey(before, after);
  }

  /** Takes {@code other} away, counter by counter. */
  public synchronized void subtract(Tally other) {
    other.forEachSum(sums::subtract);
    other.forEachKeyEnd(keys::subtract);
  }

  /** Takes the sums of {@code other} away, and leaves the numbers of keys. */
  public synchronized void subtractSums(Tally other) {
    other.forEachSum(sums::subtract);
  }

  /** Adds what a counter adds to the sums, and leaves the numbers of keys. */
  public synchronized void addSums(State state) {
    state.forEachEnd(sums::add);
  }

  /** Forgets the sums, and keeps the numbers of keys. */
  public synchronized void clearSums() {
    sums.drop(State.NEVER);
  }

  /** The sum of the counts at an instant. */
  public synchronized Sum sumAt(long millis) {
    return sums.sumAfter(millis);
  }

  /** The same, or the 64-bit number that is nearest to it. */
  public long countAt(long millis) {
    return sumAt(millis).nearest();
  }

  /** How many counters are live at an instant. */
  public synchronized long keysAt(long millis) {
    return keys.sumAfter(millis).nearest();
  }

  /** When the last counter will be live no more; 0 where there is none. */
  public synchronized long lastKeyEndMillis() {
    return keys.lastEnd();
  }

  /** The same, of those of which it is known in advance. */
  public synchronized long lastKnownKeyEndMillis() {
    return keys.lastEndUpTo(State.NEVER - 1);
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

  /** Takes an end and the sum of what ends then: 128 bits in two halves. */
  public interface SumVisitor {
    void visit(long end, long high, long low);
  }

  /** Visits the sums by end. */
  public synchronized void forEachSum(SumVisitor visitor) {
    sums.forEach(visitor::visit);
  }

  /** Visits the numbers of keys by their last end. */
  public synchronized void forEachKeyEnd(State.EndVisitor visitor) {
    keys.forEach((end, high, low) -> visitor.visit(end, low));
  }

  /** Adds to a sum, as read from {@link #forEachSum}. */
  public synchronized void addSum(long end, long high, long low) {
    sums.add(end, high, low);
  }

  /** The same, of a sum that has 64 bits. */
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
