package io.countess.door.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that has its work done by the thread which reads it, where that work never waits. So
 * answers that come together wake one thread once, and what follows an answer wakes nobody.
 */
final class LoopEndPoint extends SocketChannelEndPoint implements Executor {
  private final ManagedSelector selector;

  /** What comes up while the thread that reads works for this; it alone knows them. */
  private final Queue<Runnable> next = new ArrayDeque<>(2);

  /** The thread that works for this now. Others may read an old value, and never themselves. */
  private Thread working;

  /** Whether all was read that had come when the selector looked last. */
  private boolean isEmptied;

  LoopEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
    this.selector = selector;
  }

  /** Runs it on the thread that reads, in which nothing may block. */
  @Override
  public void execute(Runnable task) {
    if (working == Thread.currentThread()) {
      next.add(task);
    } else {
      selector.submit(between -> work(task));
    }
  }

  private void work(Runnable task) {
    working = Thread.currentThread();
    try {
      for (Runnable now = task; now != null; now = next.poll()) {
        now.run();
      }
    } finally {
      working = null;
    }
  }

  /** The one of a connection, which may speak TLS over it. */
  static LoopEndPoint of(EndPoint http) {
    return (LoopEndPoint) (http instanceof EndPoint.Wrapper tls ? tls.unwrap() : http);
  }

  @Override
  public Runnable onSelected() {
    isEmptied = false;
    return super.onSelected();
  }

  /**
   * Asks the system no more once it has given less than there was room for: Jetty would ask it two
   * times after each request. What comes after that, the selector tells.
   */
  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (isEmptied) {
      return 0;
    }
    int filled = super.fill(buffer);
    isEmptied = filled >= 0 && buffer.limit() < buffer.capacity();
    return filled;
  }
}
