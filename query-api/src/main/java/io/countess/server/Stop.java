package io.countess.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings things to their end as long as Kafka answers. Without it each part waits in vain for what
 * it has sent, one after the other.
 *
 * @param kafka asks Kafka anything, and completes when it has answered
 * @param silence for how long Kafka may be silent
 * @param longest how long it may take where Kafka answers
 */
record Stop(Supplier<Future<?>> kafka, Duration silence, Duration longest) {
  private static final Logger LOG = LoggerFactory.getLogger(Stop.class);
  private static final long BETWEEN_MILLIS = 200;

  /**
   * Closes, on another thread.
   *
   * @return whether that came to its end; else it is left as it is
   */
  boolean run(Runnable close) throws InterruptedException {
    var closing = new CompletableFuture<Void>();
    var thread = new Thread(() -> close(close, closing), "countess-close");
    thread.setDaemon(true);
    thread.start();
    long deadline = System.nanoTime() + longest.toNanos();
    while (!isDone(closing)) {
      if (System.nanoTime() > deadline || !answers(closing)) {
        return isDone(closing);
      }
    }
    return true;
  }

  private static void close(Runnable close, CompletableFuture<Void> closing) {
    try {
      close.run();
    } catch (RuntimeException failed) {
      LOG.warn("could not close all", failed);
    } finally {
      closing.complete(null);
    }
  }

  private static boolean isDone(CompletableFuture<Void> closing) throws InterruptedException {
    try {
      closing.get(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (TimeoutException notYet) {
      return false;
    }
  }

  /** Whether Kafka answers before it has been silent for too long, or all is closed. */
  private boolean answers(CompletableFuture<Void> closing) throws InterruptedException {
    Future<?> answer = kafka.get();
    long deadline = System.nanoTime() + silence.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        answer.get(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (ExecutionException failed) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        answer = kafka.get();
      } catch (TimeoutException notYet) {
        if (closing.isDone()) {
          return true;
        }
      }
    }
    return false;
  }
}
