package io.countess.cli.killed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What a client knows of its own counting. */
final class Books {
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();

  /** It was told that one is counted. */
  void answer() {
    answered.incrementAndGet();
  }

  int answered() {
    return answered.get();
  }

  /** Nobody told it whether so many are counted. */
  void lose(int howMany) {
    unknown.addAndGet(howMany);
  }

  int unknown() {
    return unknown.get();
  }

  /** One is not counted, and the next would not be either: the process is starting. */
  void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /** What was answered is counted, and no more besides than what is not known of. */
  void check(long count) {
    assertThat(count).isBetween((long) answered(), (long) answered() + unknown());
  }
}
