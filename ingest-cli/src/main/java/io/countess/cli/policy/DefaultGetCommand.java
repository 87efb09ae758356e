package io.countess.cli.policy;

import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the default policy. */
@Command(name = "get", description = "Show the default policy.")
final class DefaultGetCommand implements Callable<Integer> {
  @Mixin private final Session session;

  DefaultGetCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      return new PolicyOutput(session.output()).show(server.defaultPolicy());
    }
  }
}
