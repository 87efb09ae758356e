package io.countess.cli.soak;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets something happen to one process of a group after the other, drawn at random. */
final class Faults implements Runnable {
  private static final Duration WHOLE = Duration.ofSeconds(60);
  private static final int MIN_BETWEEN_MILLIS = 2000;
  private static final int MAX_BETWEEN_MILLIS = 10_000;
  private static final int MAX_DOWN_MILLIS = 3000;
  private static final int MAX_PAUSE_MILLIS = 12_000;

  private final List<Victim> victims;
  private final Random random;
  private final Duration unnoticed;
  private final Callable<Boolean> meanwhile;
  private final Callable<Boolean> whole;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

  /**
   * @param unnoticed for how long the others may take the victim for alive and well
   * @param meanwhile what becomes so while the victim hangs
   * @param whole what has to be so before the next fault, and becomes so
   */
  Faults(
      List<Victim> victims,
      Random random,
      Duration unnoticed,
      Callable<Boolean> meanwhile,
      Callable<Boolean> whole) {
    this.victims = victims;
    this.random = random;
    this.unnoticed = unnoticed;
    this.meanwhile = meanwhile;
    this.whole = whole;
  }

  /** Lets no more happen; what has begun is brought to its end. */
  void stop() {
    end.countDown();
  }

  /** What happened, and when. */
  Queue<String> done() {
    return done;
  }

  /** Processes that ended of themselves, or did not when they were told. */
  Queue<String> unexpected() {
    return unexpected;
  }

  @Override
  public void run() {
    try {
      while (!end.await(between(), TimeUnit.MILLISECONDS)) {
        Victim victim = victims.get(random.nextInt(victims.size()));
        happen(victim);
        long start = System.nanoTime();
        await().pollDelay(unnoticed).atMost(WHOLE).ignoreExceptions().until(whole);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        note(done, victim, "and all others are well, " + millis + " ms later");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int between() {
    return MIN_BETWEEN_MILLIS + random.nextInt(MAX_BETWEEN_MILLIS - MIN_BETWEEN_MILLIS);
  }

  private void happen(Victim victim) throws InterruptedException {
    if (!victim.isAlive()) {
      note(unexpected, victim, "had ended");
      victim.start();
      return;
    }
    int down = random.nextInt(MAX_DOWN_MILLIS);
    int pause = random.nextInt(MAX_PAUSE_MILLIS);
    switch (random.nextInt(victim.clock().isPresent() ? 4 : 3)) {
      case 0 -> {
        note(done, victim, "killed");
        victim.kill();
        startAfter(down, victim);
      }
      case 1 -> {
        note(done, victim, "stopped");
        if (!victim.stop()) {
          note(unexpected, victim, "did not stop");
        }
        startAfter(down, victim);
      }
      case 3 -> note(done, victim, "has a clock ahead by " + victim.clock().get().set(random));
      default -> {
        note(done, victim, "paused for " + pause + " ms");
        victim.pause();
        try {
          end.await(pause, TimeUnit.MILLISECONDS);
          await().atMost(WHOLE).ignoreExceptions().until(meanwhile);
        } finally {
          victim.resume();
        }
      }
    }
  }

  private void startAfter(int millis, Victim victim) throws InterruptedException {
    end.await(millis, TimeUnit.MILLISECONDS);
    victim.start();
  }

  private static void note(Queue<String> notes, Victim victim, String what) {
    notes.add(Instant.now() + " " + victim.name() + " " + what);
  }
}
