package io.countess.door.metricnexus;

import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.door.DoorOutcome;
import io.countess.door.Told;
import io.countess.event.ByteString;
import io.countess.event.Glob;
import io.countess.event.Policy;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts all metrics together for Prometheus, in its text format, version 0.0.4. */
final class Scrape {
  /** What bounds a scrape: 50,000 metrics. */
  private static final int MOST_PAGES = 50;

  private final Metrics metrics;

  /** Descriptions by name, in order. */
  private final Map<String, String> descriptions = new TreeMap<>();

  private final Map<String, Double> values = new TreeMap<>();

  Scrape(Metrics metrics) {
    this.metrics = metrics;
  }

  CompletionStage<Told<String>> read() {
    var policies =
        new Walk<>(
            metrics,
            PolicyQuestion.CounterPoliciesOf::new,
            this::describe,
            CounterPolicyPage::next);
    var keys = new Walk<>(metrics, Scrape::keys, this::evaluate, KeyPage::next);
    return policies
        .from(Optional.empty(), MOST_PAGES)
        .thenCompose(told -> told.then(described -> keys.from(Optional.empty(), MOST_PAGES)))
        .thenApply(told -> told.map(evaluated -> text()));
  }

  private static Question<KeyPage> keys(
      ByteString namespace, Optional<ByteString> after, int limit) {
    return new Question.KeysOf(namespace, Glob.ALL, after, limit);
  }

  /** Asks for a page of at most so many. */
  private interface Pages<A> {
    Question<A> of(ByteString namespace, Optional<ByteString> after, int limit);
  }

  /** Reads one page after the other. */
  private record Walk<A>(
      Metrics metrics, Pages<A> pages, Consumer<A> each, Function<A, Optional<Cursor>> next) {
    CompletionStage<Told<Boolean>> from(Optional<ByteString> after, int left) {
      if (left == 0) {
        return Told.<Boolean>error(
                DoorOutcome.UNAVAILABLE, "there are more metrics than one scrape holds")
            .now();
      }
      return metrics
          .ask(pages.of(metrics.namespace(), after, Question.MAX_PAGE), page -> page)
          .thenCompose(told -> told.then(page -> goOn(page, left)));
    }

    private CompletionStage<Told<Boolean>> goOn(A page, int left) {
      each.accept(page);
      Optional<Cursor> cursor = next.apply(page);
      return cursor.isPresent() ? from(cursor.map(Cursor::name), left - 1) : Told.of(true).now();
    }
  }

  private void describe(CounterPolicyPage page) {
    for (CounterPolicyPage.Entry entry : page.policies()) {
      String name = entry.key().text().orElse("");
      if (MetricName.isValid(name)
          && entry.change().policy().orElse(null) instanceof Policy.Gauge gauge) {
        descriptions.put(name, gauge.terms().description().orElse(""));
      }
    }
  }

  private void evaluate(KeyPage page) {
    for (KeyPage.Entry entry : page.keys()) {
      String name = entry.key().text().orElse("");
      entry.gauge().ifPresent(value -> values.put(name, value));
    }
  }

  private String text() {
    var text = new StringBuilder();
    descriptions.forEach(
        (name, description) -> append(text, name, description, values.getOrDefault(name, 0.0)));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String description, double value) {
    String help = description.replace("\\", "\\\\").replace("\n", "\\n");
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(" gauge\n");
    text.append(name).append(' ').append(GoFloat.format(value)).append('\n');
  }
}
