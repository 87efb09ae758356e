package io.countess.cli.load;

import io.countess.background.PeriodicTasks;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows how far a load is, on one line of a terminal that is written again and again. It shows the
 * lines that are logged, not those that have been read.
 */
final class Progress {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Source source;
  private final Meter events;
  private final LongSupplier settled;
  private final PrintStream terminal;
  private final long startNanos = System.nanoTime();
  private final PeriodicTasks tasks = new PeriodicTasks("progress");
  private boolean closed;

  private Progress(Source source, Meter events, LongSupplier settled, PrintStream terminal) {
    this.source = source;
    this.events = events;
    this.settled = settled;
    this.terminal = terminal;
  }

  /**
   * Starts to show how far {@code source} is.
   *
   * @param events counts the lines that have been read of it
   * @param settled of how many of these it is known what became of them
   */
  static Progress start(Source source, Meter events, LongSupplier settled, PrintStream terminal) {
    var progress = new Progress(source, events, settled, terminal);
    progress.tasks.every(EVERY, progress::show);
    return progress;
  }

  /** Clears the line. */
  void close() {
    tasks.close();
    synchronized (this) {
      closed = true;
      terminal.print(CLEAR_LINE);
      terminal.flush();
    }
  }

  private synchronized void show() {
    if (!closed) {
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
