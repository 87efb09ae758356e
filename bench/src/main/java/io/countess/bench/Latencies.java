package io.countess.bench;

import java.util.Arrays;

/**
 * How long each of a number of operations took, exactly. One place per operation, for any thread.
 */
final class Latencies {
  private final long[] nanos;

  /** Room for {@code most} operations. */
  Latencies(int most) {
    nanos = new long[most];
  }

  int room() {
    return nanos.length;
  }

  void set(int operation, long tookNanos) {
    nanos[operation] = tookNanos;
  }

  /** What {@code percent} of the first {@code operations} took at most, in milliseconds. */
  double millis(double percent, int operations) {
    if (operations == 0) {
      throw new BenchException("nothing was answered in the time of a run; is it long enough?");
    }
    long[] sorted = Arrays.copyOf(nanos, operations);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * operations);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
