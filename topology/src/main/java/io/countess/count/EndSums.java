package io.countess.count;

import java.util.Arrays;

/**
 * Sums by when they end, ascending. Not thread-safe. The number of different ends is bounded by the
 * resolutions that ends are rounded to, about 257 for each that is in use.
 */
final class EndSums {
  private long[] ends;
  private long[] sums;
  private int size;

  EndSums() {
    ends = new long[8];
    sums = new long[8];
  }

  void add(long end, long n) {
    int i = size;
    while (i > 0 && ends[i - 1] > end) {
      i--;
    }
    if (i > 0 && ends[i - 1] == end) {
      sums[i - 1] += n;
    } else if (n != 0) {
      insert(i, end, n);
    }
  }

  /** The sum of what ends after {@code millis}. */
  long sumAfter(long millis) {
    long sum = 0;
    for (int i = size - 1; i >= 0 && ends[i] > millis; i--) {
      sum += sums[i];
    }
    return sum;
  }

  /** Forgets what has ended at {@code millis}, and ends whose sum has come back to zero. */
  void drop(long millis) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (ends[i] > millis && sums[i] != 0) {
        ends[kept] = ends[i];
        sums[kept++] = sums[i];
      }
    }
    size = kept;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void forEach(State.EndVisitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.visit(ends[i], sums[i]);
    }
  }

  private void insert(int at, long end, long n) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      sums = Arrays.copyOf(sums, 2 * size);
    }
    System.arraycopy(ends, at, ends, at + 1, size - at);
    System.arraycopy(sums, at, sums, at + 1, size - at);
    ends[at] = end;
    sums[at] = n;
    size++;
  }
}
