package io.countess.background;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that one daemon thread runs again and again. A run that throws an exception is logged, once
 * a minute for each task, and the next run comes all the same. An executor by itself would leave
 * out all that follow, and tell nobody.
 *
 * <p>An {@link Error} is logged each time, and thrown on: after it the task is run no more.
 */
public final class PeriodicTasks implements AutoCloseable {
  private final String thread;
  private final ScheduledExecutorService executor;

  /**
   * @param thread its name, by which the log also names what has failed
   */
  public PeriodicTasks(String thread) {
    this.thread = thread;
    this.executor = Executors.newSingleThreadScheduledExecutor(new DaemonThreads(thread));
  }

  /** Runs {@code task} for the first time after a pause, and then a pause after each run. */
  public void every(Duration pause, Runnable task) {
    repeat(pause, pause, task);
  }

  /** Runs {@code task} at once, and then a pause after each run. */
  public void nowAndEvery(Duration pause, Runnable task) {
    repeat(Duration.ZERO, pause, task);
  }

  private void repeat(Duration first, Duration pause, Runnable task) {
    var unused = // it is never done, and the guard tells of failures
        executor.scheduleWithFixedDelay(
            guarded(thread, task), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * The same guard around a task that has a thread or a timer of its own.
   *
   * @param name by which the log names it
   */
  public static Runnable guarded(String name, Runnable task) {
    return new Guarded(name, task, new WarningThrottle());
  }

  /** Begins no run any more, and interrupts one that is under way. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  private record Guarded(String name, Runnable task, WarningThrottle throttle) implements Runnable {
    @Override
    public void run() {
      try {
        task.run();
      } catch (RuntimeException failure) {
        tell(failure);
      } catch (Error failure) {
        Log.LOG.error("A task of {} has failed, and is run no more.", name, failure);
        throw failure;
      }
    }

    private void tell(RuntimeException failure) {
      if (Thread.currentThread().isInterrupted()) {
        Log.LOG.debug("A task of {} was interrupted.", name, failure); // by whoever closes it
      } else {
        throttle.warn(Log.LOG, "A run of a task of {} has failed; it goes on.", name, failure);
      }
    }
  }

  /** Made with the first failure: a command that has none starts faster without loggers. */
  private static final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);
  }
}
