package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.answer.Answer;
import io.countess.answer.Cursor;
import io.countess.answer.NamespacePage;
import io.countess.answer.Totals;
import io.countess.background.PeriodicTasks;
import io.countess.event.ByteString;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Dracula's six gauges under their names. Dracula looks every 15 s at a part of its namespaces;
 * here the totals are kept anyway, so the gauges are of all namespaces, as often.
 */
final class Gauges implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(15);

  /** What bounds the cost of a round; with more namespaces than that, their number stops there. */
  private static final int MOST_PAGES = 20;

  /** Dracula sweeps one of so many namespaces at a time. */
  private static final int DENOMINATOR = 2;

  private static final Totals NOTHING = Totals.ZERO;
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private final PeriodicTasks tasks = new PeriodicTasks("dracula-gauges");
  private final PrometheusMeterRegistry own = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Queries queries;
  private volatile Totals totals = NOTHING;
  private volatile long namespaces;

  /**
   * Registers them, and looks for the first time.
   *
   * @param all the registry of the instance, where they are shown, too
   */
  Gauges(Queries queries, MeterRegistry all) {
    this.queries = queries;
    register(own);
    register(all);
    tasks.nowAndEvery(EVERY, this::look);
  }

  private void register(MeterRegistry registry) {
    gauge(registry, "max_namespaces_denom", "a constant of Dracula", () -> DENOMINATOR);
    gauge(registry, "namespaces_count", "namespaces with live keys", () -> namespaces);
    gauge(registry, "namespaces_gc_count", "the same: none is left out", () -> namespaces);
    gauge(registry, "keys_in_gc_namespaces", "live keys of all namespaces", () -> totals.keys());
    gauge(registry, "key_sum_in_gc_namespaces", "what they count together", () -> totals.count());
    gauge(registry, "gc_pause_millis", "0: nothing is swept, so nothing pauses", () -> 0);
  }

  private static void gauge(
      MeterRegistry registry, String name, String what, Supplier<Number> value) {
    Gauge.builder("dracula_" + name, value).description(what).register(registry);
  }

  /** What Prometheus reads: these six and nothing else, in the form that it asks for. */
  RestReply scrape(Optional<String> accept) {
    boolean isOpen = accept.filter(it -> it.contains(OPEN_METRICS)).isPresent();
    String type =
        isOpen
            ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
    return new RestReply(200, type, own.scrape(type).getBytes(UTF_8), Map.of());
  }

  private void look() {
    try {
      totals = ask(new Question.Everything()).orElse(totals);
      countNamespaces();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void countNamespaces() throws InterruptedException {
    long live = 0;
    Optional<ByteString> after = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      Optional<NamespacePage> found = ask(new Question.Namespaces(after, Question.MAX_PAGE));
      if (found.isEmpty()) {
        return;
      }
      live += found.get().namespaces().stream().filter(it -> it.totals().keys() > 0).count();
      after = found.get().next().map(Cursor::name);
      if (after.isEmpty()) {
        break;
      }
    }
    namespaces = live;
  }

  /** Empty where nobody can answer now: the gauges stay as they were. */
  private <A> Optional<A> ask(Question<A> question) throws InterruptedException {
    try {
      Answer<A> answer =
          queries
              .ask(question, Demand.NONE)
              .toCompletableFuture()
              .get(EVERY.toSeconds(), TimeUnit.SECONDS);
      return answer instanceof Answer.Found<A> found
          ? Optional.of(found.value())
          : Optional.empty();
    } catch (ExecutionException | TimeoutException failed) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    tasks.close();
    own.close();
  }
}
