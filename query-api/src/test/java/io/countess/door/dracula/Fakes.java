package io.countess.door.dracula;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A door before ports that count all puts together, or answer as a test says. */
final class Fakes implements Queries, Commands {
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final AtomicLong puts = new AtomicLong();
  final List<Command> taken = new CopyOnWriteArrayList<>();
  volatile Function<Command, CompletionStage<Response>> responses = this::put;
  volatile Function<Question<?>, Answer<?>> answers = this::found;

  DraculaDoor open(DraculaConfig config, KeysConfig keys, Admission admission) {
    var floor = new Floor(this, this, new ApiKeys(keys), registry);
    return DraculaDoor.start(config, keys, floor, admission);
  }

  DraculaDoor open(DraculaConfig config) {
    return open(config, KeysConfig.NONE, new Admission(1000));
  }

  static DraculaConfig local() {
    return DraculaConfig.on("127.0.0.1", 0, Optional.empty());
  }

  static Response decided(Outcome outcome, String reason, long count) {
    var decision = new Decision(outcome, Optional.of(reason), 1);
    return new Response.Decided(
        decision.counting(OptionalLong.of(count), OptionalLong.empty()).at(Position.of(0, count)));
  }

  private CompletionStage<Response> put(Command command) {
    return CompletableFuture.completedStage(decided(Outcome.ACCEPTED, "", puts.incrementAndGet()));
  }

  private Answer<?> found(Question<?> question) {
    if (question instanceof Question.CountOf count) {
      return new Answer.Found<>(
          new Count(count.counter(), puts.get(), OptionalLong.empty(), 1), Position.NONE);
    } else if (question instanceof Question.KeysOf) {
      return new Answer.Found<>(new KeyPage(List.of(), Optional.empty()), Position.NONE);
    } else if (question instanceof Question.Namespaces) {
      return new Answer.Found<>(new NamespacePage(List.of(), Optional.empty()), Position.NONE);
    } else if (question instanceof Question.Everything) {
      return new Answer.Found<>(new Totals(puts.get(), 1, false), Position.NONE);
    }
    return new Answer.Invalid<>("question", "is none that the fake answers");
  }

  @Override
  @SuppressWarnings("unchecked") // a test that answers wrongly fails
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    return CompletableFuture.completedStage((Answer<A>) answers.apply(question));
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    taken.add(command);
    return responses.apply(command);
  }

  @Override
  public Readiness readiness() {
    throw new UnsupportedOperationException("the door does not ask");
  }
}
