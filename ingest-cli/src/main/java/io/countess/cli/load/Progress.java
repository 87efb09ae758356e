package io.countess.cli.load;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows, on one line of a terminal that is written again and again, how far a load is. */
final class Progress {
  private static final int EVERY_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final Source source;
  private final Meter events;
  private final PrintStream terminal;
  private final long startNanos = System.nanoTime();
  private final ScheduledExecutorService clock;

  private Progress(Source source, Meter events, PrintStream terminal) {
    this.source = source;
    this.events = events;
    this.terminal = terminal;
    this.clock = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
  }

  /** Starts to show what {@code events} has let through of {@code source}. */
  static Progress start(Source source, Meter events, PrintStream terminal) {
    var progress = new Progress(source, events, terminal);
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
    long total = source.packedBytes().orElse(0);
    return ProgressLine.of(
        source.name(), events.lines(), seconds, total == 0 ? -1 : done((double) total));
  }

  private double done(double total) {
    return Math.min(1, source.packed().bytes() / total);
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
