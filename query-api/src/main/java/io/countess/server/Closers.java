package io.countess.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** How to close what has been opened so far, in the opposite order. */
final class Closers {
  private final Deque<Runnable> closers = new ArrayDeque<>();

  void add(Runnable closer) {
    closers.push(closer);
  }

  /** Closes all of it, whatever fails on the way; the first failure is thrown in the end. */
  void close() {
    RuntimeException first = null;
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (RuntimeException failure) {
        first = first == null ? failure : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
