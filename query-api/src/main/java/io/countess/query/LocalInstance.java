package io.countess.query;

import io.countess.answer.Answer;
import java.util.concurrent.CompletionStage;

/** This instance. */
public record LocalInstance(LocalQueries queries, LogCommands commands) implements Instance {
  @Override
  public <A> CompletionStage<Answer<A>> ask(Share<A> share) {
    return queries.ask(share);
  }

  @Override
  public CompletionStage<Response> submit(KeyedCommand command) {
    return commands.submit(command);
  }
}
