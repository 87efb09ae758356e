package io.countess.door.http;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads of a server whose handlers never wait, so that its connections go on by themselves.
 * Jetty would have a thread of the pool look for the next request after each that was answered
 * late.
 */
final class LoopThreads extends QueuedThreadPool {
  LoopThreads(int most, int least) {
    super(most, least);
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof Connection connection) {
      LoopEndPoint.of(connection.getEndPoint()).execute(task);
    } else {
      super.execute(task);
    }
  }
}
