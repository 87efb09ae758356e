package io.countess.client;

import io.countess.event.codec.EventLine;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Puts that are to be sent later: kept in order, at most so many of them, and sent by one thread of
 * its own. Each has an id, so that it counts once though a load of them is sent again.
 */
final class Later implements AutoCloseable {
  /** Half of the time for which ids are remembered unless a policy says otherwise. */
  static final Duration MAX_AGE = Duration.ofMinutes(5);

  private static final int AT_ONCE = 1000;

  private final Counts counts;
  private final int most;
  private final Duration pause;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<EventLine> lines = new ArrayDeque<>();
  private Thread thread;
  private boolean closed;
  private long sent;
  private long lost;

  /**
   * @param pause after a load that the server did not take
   */
  Later(Counts counts, int most, Duration pause, Clock clock) {
    this.counts = counts;
    this.most = most;
    this.pause = pause;
    this.clock = clock;
  }

  /** Takes a line that has an id and a time; false where there is no room. */
  boolean offer(EventLine line) {
    lock.lock();
    try {
      if (closed || lines.size() >= most) {
        lost += most == 0 ? 0 : 1;
        return false;
      }
      lines.add(line);
      if (thread == null) {
        thread = new Thread(this::run, "countess-later");
        thread.setDaemon(true);
        thread.start();
      }
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What became of those that were taken. */
  record State(long sent, long lost, int waiting) {}

  State state() {
    lock.lock();
    try {
      return new State(sent, lost, lines.size());
    } finally {
      lock.unlock();
    }
  }

  /** Sends no more. What waits is lost. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      lost += lines.size();
      lines.clear();
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      // Not at once: what made the put pass without the server may have only begun.
      while (rest()) {
        List<EventLine> next = next();
        while (!next.isEmpty() && send(next)) {
          next = next();
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until there is something, and then for the pause; false where it is over. */
  private boolean rest() throws InterruptedException {
    lock.lock();
    try {
      while (lines.isEmpty() && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest of those that are young enough, which stay until they are sent. */
  private List<EventLine> next() {
    lock.lock();
    try {
      long oldest = clock.millis() - MAX_AGE.toMillis();
      while (!lines.isEmpty() && lines.peek().atMillis().getAsLong() < oldest) {
        lines.remove();
        lost++;
      }
      return new ArrayList<>(lines.stream().limit(AT_ONCE).toList());
    } finally {
      lock.unlock();
    }
  }

  private boolean send(List<EventLine> next) {
    try {
      var summary = counts.load(next.iterator());
      done(next.size(), summary.rejected());
      return true;
    } catch (RuntimeException notNow) {
      // Sent again, all of it: what is in the log already counts once.
      return false;
    }
  }

  private void done(int size, long rejected) {
    lock.lock();
    try {
      if (!closed) {
        for (int i = 0; i < size; i++) {
          lines.remove();
        }
        sent += size - rejected;
        lost += rejected;
      }
    } finally {
      lock.unlock();
    }
  }
}
