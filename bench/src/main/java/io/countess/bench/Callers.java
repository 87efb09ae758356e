package io.countess.bench;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts as a number of callers would who each wait for their answer before they put again. */
final class Callers {
  private static final int MOST_OPERATIONS = 4_000_000;
  private static final int ANSWER_SECONDS = 30;

  private final Workbench bench;
  private final Decider decider;
  private final int keys;
  private final Latencies latencies = new Latencies(MOST_OPERATIONS);

  Callers(Workbench bench, Decider decider, int keys) {
    this.bench = bench;
    this.decider = decider;
    this.keys = keys;
  }

  /** Lets {@code inFlight} callers put for a while. */
  Speed run(int inFlight, Duration span) {
    return inFlight == 1 ? one(span) : many(inFlight, span);
  }

  /** One caller: its time includes that it has to wake up. */
  private Speed one(Duration span) {
    long start = System.nanoTime();
    int done = 0;
    try {
      while (System.nanoTime() - start < span.toNanos() && done < latencies.room()) {
        bench.checkGoesOn();
        long sent = System.nanoTime();
        decider.decide(done % keys).toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        latencies.set(done++, System.nanoTime() - sent);
      }
    } catch (ExecutionException | TimeoutException failed) {
      throw new BenchException("a put was not answered: " + failed, failed);
    } catch (InterruptedException interrupted) {
      throw stopped(interrupted);
    }
    return speed(done, System.nanoTime() - start);
  }

  private Speed many(int inFlight, Duration span) {
    var run = new Run(inFlight);
    long start = System.nanoTime();
    int sent = 0;
    try {
      while (System.nanoTime() - start < span.toNanos() && sent < latencies.room()) {
        bench.checkGoesOn();
        if (run.free.tryAcquire(ANSWER_SECONDS, TimeUnit.SECONDS)) {
          run.send(sent % keys, sent++);
        }
        run.checkAllWell();
      }
      if (!run.free.tryAcquire(inFlight, ANSWER_SECONDS, TimeUnit.SECONDS)) {
        throw new BenchException("some puts were not answered");
      }
    } catch (InterruptedException interrupted) {
      throw stopped(interrupted);
    }
    run.checkAllWell();
    return speed(sent, System.nanoTime() - start);
  }

  private Speed speed(int operations, long nanos) {
    return new Speed(
        operations * 1e9 / nanos,
        latencies.millis(50, operations),
        latencies.millis(99, operations));
  }

  private static BenchException stopped(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new BenchException("stopped", interrupted);
  }

  /** A run of many callers. */
  private final class Run {
    private final Semaphore free;
    private volatile Throwable failure;

    Run(int inFlight) {
      free = new Semaphore(inFlight);
    }

    void send(int key, int operation) {
      long sent = System.nanoTime();
      decider
          .decide(key)
          .whenComplete(
              (answer, failed) -> {
                latencies.set(operation, System.nanoTime() - sent);
                failure = failed == null ? failure : failed;
                free.release();
              });
    }

    void checkAllWell() {
      Throwable failed = failure;
      if (failed != null) {
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        throw new BenchException("a put was not answered: " + cause, cause);
      }
    }
  }
}
