package io.countess.server;

/** What the process has to work with, from which some defaults follow. */
record Machine(int processors, long maxHeapBytes) {
  /** A key of ordinary length and its row, decoded, with their share of the map. */
  private static final int BYTES_PER_HOT_ROW = 160;

  private static final int FEWEST_HOT_ROWS = 1000;

  /** This machine, as this JVM sees it. */
  static Machine here() {
    var runtime = Runtime.getRuntime();
    return new Machine(runtime.availableProcessors(), runtime.maxMemory());
  }

  /** As many rows as half the heap holds. */
  int hotRows() {
    long fit = maxHeapBytes / 2 / BYTES_PER_HOT_ROW;
    return (int) Math.max(FEWEST_HOT_ROWS, Math.min(1_000_000_000, fit));
  }
}
