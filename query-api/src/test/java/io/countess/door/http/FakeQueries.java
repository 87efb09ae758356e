package io.countess.door.http;

import io.countess.answer.Answer;
import io.countess.answer.Lag;
import io.countess.answer.Readiness;
import io.countess.event.Position;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers as a test tells it to, and remembers what it was asked. */
final class FakeQueries implements Queries {
  static final Position POSITION = Position.of(0, 41);

  final List<Question<?>> asked = new CopyOnWriteArrayList<>();
  final List<Demand> demands = new CopyOnWriteArrayList<>();
  volatile Readiness readiness = new Readiness(true, "running", new TreeMap<>(Map.of(0, Lag.NONE)));
  private volatile Function<Question<?>, CompletionStage<?>> answers =
      question -> CompletableFuture.failedFuture(new IllegalStateException("no answer is set"));

  /** Finds this for every question. */
  void find(Object value) {
    answer(new Answer.Found<>(value, POSITION));
  }

  /** Answers every question so. */
  void answer(Answer<?> answer) {
    answers = question -> CompletableFuture.completedFuture(answer);
  }

  /** Answers every question when this stage is done. */
  void answerWhen(CompletionStage<? extends Answer<?>> stage) {
    answers = question -> stage;
  }

  /** Finds what depends on the question. */
  void findBy(Function<Question<?>, ?> value) {
    answers =
        question ->
            CompletableFuture.completedFuture(
                new Answer.Found<Object>(value.apply(question), POSITION));
  }

  @Override
  @SuppressWarnings("unchecked") // a test that answers wrongly fails
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    asked.add(question);
    demands.add(demand);
    return (CompletionStage<Answer<A>>) answers.apply(question);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }
}
