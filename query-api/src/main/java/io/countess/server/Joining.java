package io.countess.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what was started on another thread, and throws what that threw. */
final class Joining {
  private Joining() {}

  static <T> T join(CompletableFuture<T> started) {
    try {
      return started.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
