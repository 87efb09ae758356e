package io.countess.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has something done until the compiler of its JVM is quiet. What runs before is partly
 * interpreted, or waits for the processor that the compiler has.
 *
 * @param compiledMillis for how long that compiler has been at work so far
 * @param atMost goes on with what is not warm after that
 */
record Warmup(Workbench bench, LongSupplier compiledMillis, Duration atMost) {
  /** Of one processor. */
  private static final double QUIET = 0.1;

  private static final int MOST_SPANS = 20;

  /**
   * How it went.
   *
   * @param seconds that it took
   * @param compilerPercent what the compiler took of a processor in its last turn
   */
  record Went(double seconds, double compilerPercent) {}

  /** In this process. */
  static Warmup here(Workbench bench, Plan plan) {
    LongSupplier compiled = ManagementFactory.getCompilationMXBean()::getTotalCompilationTime;
    return new Warmup(bench, compiled, plan.span().multipliedBy(MOST_SPANS));
  }

  /**
   * Has it done at least once.
   *
   * @param what is warmed up
   * @param turn of it
   */
  Went run(String what, Runnable turn) {
    bench.step(what + ", warming up");
    long startNanos = System.nanoTime();
    double share;
    do {
      share = compilerDuring(turn);
    } while (share > QUIET && System.nanoTime() - startNanos < atMost.toNanos());
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    bench.step(
        "%s, %s after %.1f s: the compiler takes %.0f %% of a processor"
            .formatted(what, share > QUIET ? "not warm" : "warm", seconds, share * 100));
    return new Went(seconds, share * 100);
  }

  private double compilerDuring(Runnable turn) {
    long startNanos = System.nanoTime();
    long before = compiledMillis.getAsLong();
    turn.run();
    return (compiledMillis.getAsLong() - before) * 1e6 / (System.nanoTime() - startNanos);
  }
}
