package io.countess.background;

import java.util.concurrent.ThreadFactory;

/**
 * The threads of an executor, which keep no process alive.
 *
 * @param name of each
 */
public record DaemonThreads(String name) implements ThreadFactory {
  @Override
  public Thread newThread(Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
