package io.countess.broker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** Runs code of Kafka's server, which throws checked exceptions that it doesn't declare. */
final class Attempt {
  private Attempt() {}

  /** Runs {@code task} on this thread; whatever it throws becomes what {@code failure} makes it. */
  static <T> T at(Callable<T> task, Function<Throwable, BrokerStartException> failure) {
    var attempt = new FutureTask<>(task);
    attempt.run();
    try {
      return attempt.get();
    } catch (ExecutionException failed) {
      throw failure.apply(failed.getCause());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("a task that has run is not waited for", impossible);
    }
  }
}
