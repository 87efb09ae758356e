package io.countess.door;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds how many requests are under way, and lets none in once the server stops. */
public final class Admission {
  private final int most;
  private final Semaphore places;
  private final List<Runnable> closing = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public Admission(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  /** Whether one more may start; whoever is let in must {@link #leave()}. */
  public boolean enter() {
    return !closed && places.tryAcquire();
  }

  public void leave() {
    places.release();
  }

  /** Whether the server is about to stop. */
  public boolean isClosed() {
    return closed;
  }

  /** Has this done when no more are let in, before those who are in are waited for. */
  public void onClose(Runnable action) {
    closing.add(action);
  }

  /** How many requests are under way. */
  public int underWay() {
    return most - places.availablePermits();
  }

  /** Lets no more in, and waits until those who are in have left, or time is up. */
  public void close(Duration atMost) throws InterruptedException {
    closed = true;
    closing.forEach(Runnable::run);
    if (places.tryAcquire(most, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      places.release(most);
    }
  }
}
