package io.countess.count;

/**
 * Amounts by when they end.
 *
 * @param atMillis the instant of the last decision that changed this
 * @param buckets pairs of an end (in milliseconds since the epoch, ascending, each after {@code
 *     atMillis}) and the amount that ends then; never empty, never changed
 */
public record ExpiringState(long atMillis, long[] buckets) implements State {
  @Override
  public long countAt(long millis) {
    long sum = 0;
    for (int i = buckets.length - 2; i >= 0 && buckets[i] > millis; i -= 2) {
      sum += buckets[i + 1];
    }
    return sum;
  }

  @Override
  public long deadAtMillis() {
    return lastEndMillis();
  }

  @Override
  public long lastEndMillis() {
    return buckets[buckets.length - 2];
  }

  @Override
  public void forEachEnd(EndVisitor visitor) {
    for (int i = 0; i < buckets.length; i += 2) {
      visitor.visit(buckets[i], buckets[i + 1]);
    }
  }

  /**
   * What is left of {@code before} at {@code atMillis}, with {@code n} more that end at {@code
   * end}.
   */
  static ExpiringState add(ExpiringState before, long atMillis, long end, long n) {
    if (before == null) {
      return new ExpiringState(atMillis, new long[] {end, n});
    }
    long[] old = before.buckets;
    int from = before.firstAfter(atMillis);
    int to = old.length;
    while (to > from && old[to - 2] > end) {
      to -= 2;
    }
    boolean there = to > from && old[to - 2] == end;
    long[] merged = new long[old.length - from + (there ? 0 : 2)];
    int head = to - from;
    System.arraycopy(old, from, merged, 0, head);
    if (there) {
      merged[head - 1] += n;
      System.arraycopy(old, to, merged, head, old.length - to);
    } else {
      merged[head] = end;
      merged[head + 1] = n;
      System.arraycopy(old, to, merged, head + 2, old.length - to);
    }
    return new ExpiringState(atMillis, merged);
  }

  /** The first instant, if any, at which no more than {@code room} is left; NEVER if none. */
  long whenAtMost(long room, long fromMillis) {
    long left = countAt(fromMillis);
    for (int i = firstAfter(fromMillis); i < buckets.length && left > room; i += 2) {
      left -= buckets[i + 1];
      if (left <= room) {
        return buckets[i];
      }
    }
    return left <= room ? fromMillis : NEVER;
  }

  private int firstAfter(long millis) {
    int i = 0;
    while (i < buckets.length && buckets[i] <= millis) {
      i += 2;
    }
    return i;
  }
}
