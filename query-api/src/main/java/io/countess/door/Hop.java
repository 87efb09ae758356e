package io.countess.door;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.Share;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Takes answers off the threads that bring them. Those are the fold's and the log's, which nobody
 * may hold up: not by a slow reader at the other end of a connection, and not by writing JSON.
 *
 * @param executor on which what depends on an answer runs, unless the answer was there at once
 */
public record Hop(Executor executor) {
  /** The same stage, completing on the executor where it is not complete yet. */
  public <T> CompletionStage<T> after(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    return future.isDone() ? future : future.whenCompleteAsync((value, failure) -> {}, executor);
  }

  /** The same port, completing on the executor. */
  public Commands over(Commands commands) {
    return command -> after(commands.submit(command));
  }

  /** The same port, completing on the executor. */
  public Queries over(Queries queries) {
    return new Queries() {
      @Override
      public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
        return after(queries.ask(question, demand));
      }

      @Override
      public Readiness readiness() {
        return queries.readiness();
      }
    };
  }

  /** The same instance, completing on the executor. */
  public Instance over(Instance instance) {
    return new Instance() {
      @Override
      public <A> CompletionStage<Answer<A>> ask(Share<A> share) {
        return after(instance.ask(share));
      }

      @Override
      public CompletionStage<Response> submit(KeyedCommand command) {
        return after(instance.submit(command));
      }

      /** One step for all of them. */
      @Override
      public CompletionStage<List<Response>> submitAll(List<KeyedCommand> commands) {
        return after(instance.submitAll(commands));
      }
    };
  }
}
