package io.countess.cluster;

import io.countess.query.Answer;
import io.countess.query.Command;
import io.countess.query.Instance;
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
  volatile Function<Command, Response> responses;

  /** Finds this, whatever is asked. */
  static FakeInstance finding(Function<Share<?>, Answer<?>> answers) {
    var instance = new FakeInstance();
    instance.answers = answers;
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
    return CompletableFuture.completedStage((Answer<A>) answers.apply(share));
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    taken.add(command);
    return CompletableFuture.completedStage(responses.apply(command));
  }
}
