package io.countess.bench;

import java.nio.file.Path;

/** A log that is gone when it is closed, with all that was made of it. */
record TemporaryLog(Workbench bench, Path data, BenchLog log) implements AutoCloseable {
  /** Starts an empty one. */
  static TemporaryLog start(Workbench bench, Plan plan) {
    Path data = bench.path("log");
    return new TemporaryLog(bench, data, BenchLog.start(data, plan.countess(data)));
  }

  @Override
  public void close() {
    log.close();
    bench.delete(data);
  }
}
