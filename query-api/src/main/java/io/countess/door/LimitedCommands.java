package io.countess.door;

import io.countess.event.NamespacePatterns;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes what the key of a caller allows, which is not everything. */
record LimitedCommands(Caller caller, Commands commands) implements Commands {
  @Override
  public CompletionStage<Response> submit(Command command) {
    Access needed = Access.of(command);
    if (caller.mayEverywhere(needed)) {
      return commands.submit(command);
    }
    Optional<NamespacePatterns> grant = caller.grants().get(needed);
    Optional<Command> allowed = grant == null ? Optional.empty() : grant.flatMap(command::within);
    if (allowed.isPresent()) {
      return commands.submit(allowed.get());
    }
    var denial = caller.denial(needed, command.namespaces());
    return CompletableFuture.completedStage(new Response.Forbidden(denial));
  }
}
