package io.countess.server;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Instance;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The two ports for doors, and the one for other instances. They open before there is anything
 * behind them: until then they answer that the service is starting. So doors and fold start side by
 * side. Commands are let in last, when what they are decided by is as this instance was told.
 */
final class DeferredService implements Queries, Commands {
  private static final String STARTING = "the service is starting";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private volatile Queries queries;
  private volatile Commands commands;
  private volatile Instance local;

  /** From now on questions are answered, and other instances too. */
  void open(Queries allQueries, Instance whatIsHere) {
    queries = allQueries;
    local = whatIsHere;
  }

  /** From now on commands are taken, too. */
  void letIn(Commands allCommands) {
    commands = allCommands;
  }

  /** What the other instances ask, once it is there. */
  Optional<Instance> here() {
    return Optional.ofNullable(local);
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    Queries behind = queries;
    return behind == null
        ? CompletableFuture.completedStage(new Answer.NotReady<>(STARTING, RETRY_AFTER))
        : behind.ask(question, demand);
  }

  @Override
  public Readiness readiness() {
    Queries behind = queries;
    if (behind == null) {
      return new Readiness(false, "starting", Collections.emptySortedMap());
    }
    Readiness readiness = behind.readiness();
    return commands == null && readiness.ready() ? readiness.notYet("starting") : readiness;
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    Commands behind = commands;
    return behind == null
        ? CompletableFuture.completedStage(new Response.NotSent(STARTING, RETRY_AFTER))
        : behind.submit(command);
  }
}
