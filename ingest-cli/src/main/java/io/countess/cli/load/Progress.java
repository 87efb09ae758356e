package io.countess.cli.load;

import io.countess.client.DaemonThreads;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far a load is, on one line of a terminal that is written again and again. It shows the
 * lines that are logged, not those that have been read.
 */
final class Progress {
  private static final int EVERY_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Source source;
  private final Meter events;
  private final LongSupplier settled;
  private final PrintStream terminal;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService clock;

  private Progress(Source source, Meter events, LongSupplier settled, PrintStream terminal) {
    this.source = source;
    this.events = events;
    this.settled = settled;
    this.terminal = terminal;
    this.clock = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("progress"));
  }

  /**
   * Starts to show how far {@code source} is.
   *
   * @param events counts the lines that have been read of it
   * @param settled of how many of these it is known what became of them
   */
  static Progress start(Source source, Meter events, LongSupplier settled, PrintStream terminal) {
    var progress = new Progress(source, events, settled, terminal);
    progress.clock.scheduleAtFixedRate(
        progress::show, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return progress;
  }

  /** Clears the line. */
  void close() {
    clock.shutdownNow();
    synchronized (this) {
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }

  private synchronized void show() {
    if (!clock.isShutdown()) {
      terminal.print(CLEAR_LINE + line());
      terminal.flush();
    }
  }

  private String line() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    long lines = settled.getAsLong();
    return ProgressLine.of(source.name(), lines, seconds, done(lines));
  }

  /** 0 to 1; less than 0 where that is not known. */
  private double done(long lines) {
    if (source.packedBytes().orElse(0) == 0) {
      return -1;
    }
    double read = (double) source.packed().bytes() / source.packedBytes().getAsLong();
    return Math.min(1, read) * Math.min(1, (double) lines / Math.max(1, events.lines()));
  }
}
