package io.countess.state;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Lets what the fold changes in several rows look like one change. Readers look without a lock and
 * look again where such a change came between, so a fold that makes none is never held up.
 */
final class OneStep {
  /** So often in a row nobody is unlucky; who is waits for the fold, and the fold for them. */
  private static final int LOOKS = 32;

  private final StampedLock lock = new StampedLock();

  /** Makes a change, on the fold's thread. Steps are not within each other. */
  <T> T change(Supplier<T> step) {
    long stamp = lock.writeLock();
    try {
      return step.get();
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** What is seen before or after a change, and never in the middle of one. */
  <T> T look(Supplier<T> look) {
    for (int i = 0; i < LOOKS; i++) {
      long stamp = lock.tryOptimisticRead();
      if (stamp != 0) {
        T seen = look.get();
        if (lock.validate(stamp)) {
          return seen;
        }
      }
      Thread.onSpinWait();
    }
    long stamp = lock.readLock();
    try {
      return look.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }
}
