package io.countess.door.http;

import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Responds as a test tells it to, and remembers what it was given. */
final class FakeCommands implements Commands {
  static final Decision ACCEPTED =
      new Decision(Outcome.ACCEPTED, Optional.empty(), 1_700_000_000_000L)
          .counting(OptionalLong.of(3), OptionalLong.of(5))
          .at(Position.of(2, 17));

  final List<Command> taken = Collections.synchronizedList(new ArrayList<>());
  private volatile Function<Command, CompletionStage<Response>> responses =
      command -> CompletableFuture.completedFuture(asked(command));

  private static Response asked(Command command) {
    return command.ack() == Command.Ack.LOGGED
        ? new Response.Logged(Position.of(2, 17))
        : new Response.Decided(ACCEPTED);
  }

  /** Responds so to every command. */
  void respond(Response response) {
    responses = command -> CompletableFuture.completedFuture(response);
  }

  /** Responds to every command as this function says. */
  void respondBy(Function<Command, CompletionStage<Response>> function) {
    responses = function;
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    taken.add(command);
    return responses.apply(command);
  }
}
