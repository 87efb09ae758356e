package io.countess.count;

import java.util.Arrays;

/**
 * Sums by when they end, ascending. Not thread-safe. The number of different ends is bounded by the
 * resolutions that ends are rounded to, about 257 for each that is in use.
 *
 * <p>A sum has 128 bits, as two's complement in a high and a low half. Many counters near the ends
 * of 64 bits pass them together, and each amount that was added must come off again. Only what is
 * shown is cut to 64 bits.
 */
final class EndSums {
  private long[] ends = new long[8];
  private long[] lows = new long[8];
  private long[] highs = new long[8];
  private int size;

  /** Takes an end and the two halves of its sum. */
  interface SumVisitor {
    void visit(long end, long high, long low);
  }

  void add(long end, long n) {
    if (n != 0) {
      add(end, n >> 63, n);
    }
  }

  void subtract(long end, long n) {
    subtract(end, n >> 63, n);
  }

  void subtract(long end, long high, long low) {
    add(end, low == 0 ? -high : ~high, -low);
  }

  void add(long end, long high, long low) {
    int i = size;
    while (i > 0 && ends[i - 1] > end) {
      i--;
    }
    if (i > 0 && ends[i - 1] == end) {
      long sum = lows[i - 1] + low;
      lows[i - 1] = sum;
      highs[i - 1] += high + carry(sum, low);
    } else if (high != 0 || low != 0) {
      insert(i, end, high, low);
    }
  }

  /** The sum of what ends after {@code millis}. */
  Sum sumAfter(long millis) {
    long low = 0;
    long high = 0;
    for (int i = size - 1; i >= 0 && ends[i] > millis; i--) {
      low += lows[i];
      high += highs[i] + carry(low, lows[i]);
    }
    return new Sum(high, low);
  }

  /** Forgets what has ended at {@code millis}, and ends whose sum has come back to zero. */
  void drop(long millis) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (ends[i] > millis && (lows[i] != 0 || highs[i] != 0)) {
        ends[kept] = ends[i];
        highs[kept] = highs[i];
        lows[kept++] = lows[i];
      }
    }
    size = kept;
  }

  /** The last end whose sum is not zero, or 0. */
  long lastEnd() {
    return lastEndUpTo(Long.MAX_VALUE);
  }

  /** The same, of those up to {@code millis}. */
  long lastEndUpTo(long millis) {
    for (int i = size - 1; i >= 0; i--) {
      if (ends[i] <= millis && (lows[i] != 0 || highs[i] != 0)) {
        return ends[i];
      }
    }
    return 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void forEach(SumVisitor visitor) {
    for (int i = 0; i < size; i++) {
      visitor.visit(ends[i], highs[i], lows[i]);
    }
  }

  /** What the low halves carry over: 1 where their sum is less than one of them. */
  private static int carry(long sum, long addend) {
    return Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
  }

  private void insert(int at, long end, long high, long low) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      lows = Arrays.copyOf(lows, 2 * size);
      highs = Arrays.copyOf(highs, 2 * size);
    }
    insert(ends, at, end);
    insert(lows, at, low);
    insert(highs, at, high);
    size++;
  }

  private void insert(long[] into, int at, long value) {
    System.arraycopy(into, at, into, at + 1, size - at);
    into[at] = value;
  }
}
