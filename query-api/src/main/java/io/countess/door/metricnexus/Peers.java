package io.countess.door.metricnexus;

import io.countess.answer.NamespaceView;
import io.countess.background.PeriodicTasks;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.query.Command;
import io.countess.query.Question;
import io.countess.query.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Who was here in the last hour. Each address is a key of a namespace of its own, which counts for
 * an hour. So all instances know of all, and their number is that of the live keys. Every minute
 * that becomes the value of a metric like any other.
 */
final class Peers implements AutoCloseable {
  static final String METRIC = "metric_nexus_clients";
  private static final String DESCRIPTION =
      "The total number of clients that used MetricNexus within the last hour.";

  static final ByteString NAMESPACE = ByteString.utf8("metric-nexus-clients");
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private static final Duration EVERY = Duration.ofMinutes(1);

  /** How soon it is tried again, as long as the service is starting. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** How many addresses are not put again in a minute; those beyond are. */
  private static final int MOST_PUT = 10_000;

  private final PeriodicTasks tasks = new PeriodicTasks("metric-nexus-clients");
  private final Metrics metrics;

  /** Those that were put in this minute: to put them again would change nothing. */
  private final Set<String> put = ConcurrentHashMap.newKeySet();

  private volatile boolean isThere;
  private long lookedNanos;

  /**
   * @param metrics of somebody who may do everything
   */
  Peers(Metrics metrics) {
    this.metrics = metrics;
    tasks.nowAndEvery(AGAIN, this::look);
  }

  /** A caller who was let in. */
  void seen(String address) {
    if (!isThere || put.contains(address)) {
      return;
    }
    if (put.size() < MOST_PUT) {
      put.add(address);
    }
    var command = Command.of(new CounterName(NAMESPACE, ByteString.utf8(address)), Event.Put.ONE);
    var unused =
        submit(command)
            .whenComplete(
                (response, failure) -> {
                  if (!(response instanceof Response.Decided)) {
                    put.remove(address);
                  }
                });
  }

  private CompletionStage<Response> submit(Command command) {
    return metrics.floor().commands(metrics.caller()).submit(command);
  }

  private void look() {
    boolean isDue = System.nanoTime() - lookedNanos >= EVERY.toNanos();
    if (isThere && !isDue) {
      return;
    }
    put.clear();
    try {
      isThere = isThere || begin();
      if (isThere && tell()) {
        lookedNanos = System.nanoTime();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException later) {
      // It is tried again soon, as after any answer that is none.
    }
  }

  /** Has the namespace count for an hour, and creates the metric, unless they are there. */
  private boolean begin() throws InterruptedException, ExecutionException, TimeoutException {
    Optional<OptionalLong> version = view(it -> it.policy().version());
    if (version.isEmpty()) {
      return false;
    }
    if (version.get().isEmpty()) {
      var hour = new Policy.Expiring(REMEMBERED, OptionalLong.empty());
      var change =
          new Event.ChangePolicy(
              Optional.of(hour), OnChange.RESET, OptionalLong.of(Event.ChangePolicy.NO_VERSION));
      var command = Command.of(CounterName.policyOf(NAMESPACE), change);
      if (!(await(submit(command)) instanceof Response.Decided)) {
        return false;
      }
    }
    Optional<OptionalDouble> value = await(metrics.read(METRIC)).value();
    return value.isPresent()
        && (value.get().isPresent()
            || await(metrics.create(METRIC, DESCRIPTION)).value().isPresent());
  }

  /** Sets the metric to their number, unless it was deleted or says so already. */
  private boolean tell() throws InterruptedException, ExecutionException, TimeoutException {
    Optional<Long> keys = view(it -> it.totals().keys());
    Optional<OptionalDouble> shown = await(metrics.read(METRIC)).value();
    if (keys.isEmpty() || shown.isEmpty()) {
      return false;
    }
    boolean isTrue = shown.get().isEmpty() || shown.get().getAsDouble() == keys.get();
    return isTrue || await(metrics.set(METRIC, keys.get())).value().isPresent();
  }

  private <V> Optional<V> view(Function<NamespaceView, V> part)
      throws InterruptedException, ExecutionException, TimeoutException {
    return await(metrics.ask(new Question.NamespaceOf(NAMESPACE), part)).value();
  }

  private static <T> T await(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    tasks.close();
  }
}
