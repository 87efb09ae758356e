package io.countess.bench;

import io.countess.server.Countess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Where measuring happens: a directory of its own that is deleted in the end, bounded waits, and a
 * line of progress for each step.
 *
 * <p>When the process is told to stop, all waiting ends with a {@link BenchException}. So
 * everything open is closed on the way out as always, and the process waits for that.
 */
final class Workbench implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(1);
  private static final Duration READY_WITHIN = Duration.ofMinutes(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

  private final Path root;
  private final PrintStream progress;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "bench-stop");
  private final long startNanos = System.nanoTime();
  private volatile boolean stopping;

  private Workbench(Path root, PrintStream progress) {
    this.root = root;
    this.progress = progress;
  }

  /**
   * Opens a workbench.
   *
   * @param parent where its directory is made
   */
  static Workbench open(Path parent, PrintStream progress) {
    try {
      Files.createDirectories(parent);
      var bench = new Workbench(Files.createTempDirectory(parent, "countess-bench-"), progress);
      Runtime.getRuntime().addShutdownHook(bench.hook);
      return bench;
    } catch (IOException failure) {
      throw new UncheckedIOException("no directory can be made in " + parent, failure);
    }
  }

  /** A place for a directory or file. */
  Path path(String name) {
    return root.resolve(name);
  }

  /** Says what happens now. */
  void step(String what) {
    checkGoesOn();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    progress.printf("bench %6.1f s  %s%n", seconds, what);
  }

  /** Throws where the process has been told to stop. */
  void checkGoesOn() {
    if (stopping) {
      throw new BenchException("stopped");
    }
  }

  /** Whether the process has been told to stop. */
  boolean isStopping() {
    return stopping;
  }

  /**
   * Waits until {@code condition} holds.
   *
   * @throws BenchException where that takes longer than {@code within}
   */
  void await(String what, Duration within, BooleanSupplier condition) {
    await(what, within, POLL, condition);
  }

  /** The same, looking every {@code poll}. */
  void await(String what, Duration within, Duration poll, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      checkGoesOn();
      if (System.nanoTime() - start > within.toNanos()) {
        throw new BenchException(what + " took longer than " + within.toSeconds() + " s");
      }
      LockSupport.parkNanos(poll.toNanos());
    }
  }

  /** Waits until a service in this process is ready. */
  void awaitReady(Countess countess) {
    try {
      if (!countess.awaitReady(READY_WITHIN)) {
        throw new BenchException("Countess is " + countess.state() + ", and not ready");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("stopped", interrupted);
    }
  }

  /** Deletes a directory of this workbench and all in it, where it is there. */
  void delete(Path path) {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException failure) {
      progress.println("bench: " + path + " could not be deleted: " + failure.getMessage());
    }
  }

  /** Deletes everything. */
  @Override
  public void close() {
    delete(root);
    closed.countDown();
    if (!stopping) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private void stop() {
    stopping = true;
    try {
      if (!closed.await(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        delete(root);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
