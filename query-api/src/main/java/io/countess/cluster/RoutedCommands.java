package io.countess.cluster;

import io.countess.answer.Answer;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Takes every command, wherever its partition is.
 *
 * <p>A command that waits for its decision goes to the instance that folds its partition, since
 * that one decides. A command that waits for the log only is appended from here. It is passed on
 * again only after an answer which says that nothing was sent: what may have been sent is not sent
 * twice.
 */
public final class RoutedCommands implements Commands {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Directory directory;
  private final Instance here;
  private final Queries queries;
  private final Executor executor;
  private final LongSupplier nowMillis;

  /**
   * @param queries asks whether a policy change has come to every partition
   * @param executor where that is asked, which no thread of the fold should do
   * @param nowMillis tells what events happened long ago
   */
  public RoutedCommands(
      Directory directory,
      Instance here,
      Queries queries,
      Executor executor,
      LongSupplier nowMillis) {
    this.directory = directory;
    this.here = here;
    this.queries = queries;
    this.executor = executor;
    this.nowMillis = nowMillis;
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    if (command.isTooOld(nowMillis.getAsLong())) {
      String why = "is %s, more than 6 days ago; only a load with asOfLog takes that";
      Instant at = Instant.ofEpochMilli(command.atMillis().orElseThrow());
      return CompletableFuture.completedStage(new Response.Invalid("at", why.formatted(at)));
    }
    var keyed = KeyedCommand.of(command);
    if (command.ack() == Command.Ack.LOGGED) {
      return here.submit(keyed);
    }
    int home = keyed.partition(directory.partitions());
    long deadlineNanos = System.nanoTime() + command.within().toNanos();
    CompletionStage<Response> decided = send(keyed, home, deadlineNanos, Pause.FIRST);
    boolean isSpread =
        command.event() instanceof Event.ChangeDefaults
            || command.event() instanceof Event.ChangePolicy && command.counter().key().size() == 0;
    return isSpread
        ? decided.thenComposeAsync(response -> everywhere(response, deadlineNanos), executor)
        : decided;
  }

  private CompletionStage<Response> send(
      KeyedCommand command, int home, long deadlineNanos, Pause pause) {
    Optional<Instance> holder = directory.holder(home);
    if (holder.isEmpty()) {
      return later(command, home, deadlineNanos, pause);
    }
    return holder
        .get()
        .submit(command.in(Pause.left(deadlineNanos)))
        .thenCompose(
            response ->
                response instanceof Response.Elsewhere
                    ? later(command, home, deadlineNanos, pause)
                    : CompletableFuture.completedStage(response));
  }

  private CompletionStage<Response> later(
      KeyedCommand command, int home, long deadlineNanos, Pause pause) {
    if (!pause.fits(deadlineNanos)) {
      return CompletableFuture.completedStage(notTaken(home));
    }
    var paused = new CompletableFuture<Void>();
    pause.then(() -> paused.complete(null));
    return paused.thenCompose(over -> send(command, home, deadlineNanos, pause.next()));
  }

  private Response notTaken(int home) {
    String owner = directory.owner(home);
    return owner.equals(Answer.Elsewhere.UNKNOWN)
        ? new Response.NotSent("partition " + home + " is not ready yet", RETRY_AFTER)
        : new Response.Elsewhere(home, owner);
  }

  /**
   * A change of a policy is answered when every partition has applied it; one of a counter's own
   * policy is for one partition only.
   */
  private CompletionStage<Response> everywhere(Response response, long deadlineNanos) {
    if (!(response instanceof Response.Decided decided)
        || decided.decision().outcome() != Outcome.ACCEPTED) {
      return CompletableFuture.completedStage(response);
    }
    var demand = new Demand(Position.NONE, Pause.left(deadlineNanos)).orPartial();
    return queries
        .ask(applied(decided.decision()), demand)
        .thenApply(answer -> confirmed(decided, answer));
  }

  private Response confirmed(Response.Decided decided, Answer<Boolean> answer) {
    NavigableSet<Integer> missing = new TreeSet<>();
    if (answer instanceof Answer.Found<Boolean> found) {
      missing.addAll(found.coverage().missing());
    } else {
      IntStream.range(0, directory.partitions()).forEach(missing::add);
    }
    decided.decision().position().ifPresent(home -> missing.removeAll(home.offsets().keySet()));
    return missing.isEmpty() ? decided : new Response.Unconfirmed(decided.decision(), missing);
  }

  private static Question<Boolean> applied(Decision decision) {
    Position position = decision.position().orElseThrow();
    int home = position.offsets().firstKey();
    return new Question.Applied(home, position.offset(home).orElseThrow());
  }
}
