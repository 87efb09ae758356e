package io.countess.door.http;

import io.countess.background.DaemonThreads;
import io.countess.background.PeriodicTasks;
import io.countess.query.Queries;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The loads that are open, each on a thread of its own, which mostly waits for its sender. A load
 * works on its lines only while it has one of a few places. It gives the place back before it waits
 * for more, and takes it again in turn: so any number of quiet ones keep nobody out, and one that
 * is busy lets the others go on.
 */
final class Loads {
  /** How many may be open: a quiet one costs a thread that waits, and its buffer. */
  static final int MAX_OPEN = 512;

  private static final int MAX_WORKING = 16;

  private final Semaphore open = new Semaphore(MAX_OPEN);
  private final Semaphore working = new Semaphore(MAX_WORKING, true);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(new DaemonThreads("countess-load"));
  private final PeriodicTasks tasks = new PeriodicTasks("countess-loads");
  private final AtomicLong listRoom = new AtomicLong(DecidedLines.MAX_BYTES);

  /** Until when each thread that waits for its sender does so at most. */
  private final Map<Thread, Long> waiting = new HashMap<>();

  private final Duration idle;
  private final LoadPace pace;
  private boolean stopping;

  /**
   * @param idle how long a sender of a body of known length may pause
   */
  Loads(Duration idle, Queries queries) {
    this.idle = idle;
    this.pace = new LoadPace(queries);
    tasks.every(Duration.ofMillis(Math.max(10, idle.toMillis() / 4)), this::look);
  }

  /** Whether one more may be open; then it has to {@link #run}, or {@link #leave}. */
  boolean enter() {
    return open.tryAcquire();
  }

  void leave() {
    open.release();
  }

  /** Runs one that was let in. */
  <T> CompletableFuture<T> run(Supplier<T> load) {
    return CompletableFuture.supplyAsync(load, threads).whenComplete((result, failure) -> leave());
  }

  Duration idle() {
    return idle;
  }

  LoadPace pace() {
    return pace;
  }

  /** What the lists of lines of all loads may still take, in bytes. */
  AtomicLong listRoom() {
    return listRoom;
  }

  /** Of the loads that are at work. */
  Semaphore working() {
    return working;
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /** No load waits for its sender any more. */
  synchronized void stop() {
    stopping = true;
    waiting.keySet().forEach(Thread::interrupt);
    waiting.clear();
    tasks.close();
  }

  /** The thread that calls begins to wait, and is interrupted at that time. */
  synchronized void waits(long untilNanos) throws IOException {
    if (stopping) {
      throw new IOException("the server stops");
    }
    waiting.put(Thread.currentThread(), untilNanos);
  }

  /**
   * It has waited.
   *
   * @throws IOException where it was interrupted
   */
  synchronized void hasWaited() throws IOException {
    boolean isThere = waiting.remove(Thread.currentThread()) != null;
    if (!isThere) {
      Thread.interrupted();
      throw stopping ? new IOException("the server stops") : tooSlow();
    }
  }

  /** As Jetty says it. */
  static IOException tooSlow() {
    return new IOException(new TimeoutException("the body stopped arriving"));
  }

  private synchronized void look() {
    long now = System.nanoTime();
    Iterator<Map.Entry<Thread, Long>> each = waiting.entrySet().iterator();
    while (each.hasNext()) {
      var entry = each.next();
      if (now - entry.getValue() > 0) {
        entry.getKey().interrupt();
        each.remove();
      }
    }
  }
}
