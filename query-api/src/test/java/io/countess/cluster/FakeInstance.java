package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.query.Command;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Response;
import io.countess.query.Share;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers as a test tells it to, and remembers what it was asked. */
final class FakeInstance implements Instance {
  final List<Share<?>> asked = Collections.synchronizedList(new ArrayList<>());
  final List<Command> taken = Collections.synchronizedList(new ArrayList<>());
  volatile Function<Share<?>, Answer<?>> answers;
  private CompletableFuture<Answer<?>> later;
  volatile Function<Command, Response> responses;

  /** Finds this, whatever is asked. */
  static FakeInstance finding(Function<Share<?>, Answer<?>> answers) {
    var instance = new FakeInstance();
    instance.answers = answers;
    return instance;
  }

  /** Takes questions and never answers. */
  static FakeInstance hanging() {
    return telling(new CompletableFuture<>());
  }

  /** Answers when {@code answer} is there. */
  static FakeInstance telling(CompletableFuture<Answer<?>> answer) {
    var instance = new FakeInstance();
    instance.later = answer;
    return instance;
  }

  static FakeInstance responding(Function<Command, Response> responses) {
    var instance = new FakeInstance();
    instance.responses = responses;
    return instance;
  }

  @Override
  @SuppressWarnings("unchecked") // a test that answers wrongly fails
  public <A> CompletionStage<Answer<A>> ask(Share<A> share) {
    asked.add(share);
    return later == null
        ? CompletableFuture.completedStage((Answer<A>) answers.apply(share))
        : later.thenApply(answer -> (Answer<A>) answer);
  }

  @Override
  public CompletionStage<Response> submit(KeyedCommand keyed) {
    Command command = keyed.command();
    taken.add(command);
    return CompletableFuture.completedStage(responses.apply(command));
  }
}
