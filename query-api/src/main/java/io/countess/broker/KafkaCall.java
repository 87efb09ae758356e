package io.countess.broker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** A call of Kafka's server, which throws checked exceptions that it does not declare. */
final class KafkaCall {
  private KafkaCall() {}

  /** Runs {@code task} on this thread; whatever it throws becomes what {@code failure} makes it. */
  static <T> T run(Callable<T> task, Function<Throwable, BrokerStartException> failure) {
    var call = new FutureTask<>(task);
    call.run();
    try {
      return call.get();
    } catch (ExecutionException failed) {
      throw failure.apply(failed.getCause());
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("a task that has run is not waited for", impossible);
    }
  }
}
