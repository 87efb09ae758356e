package io.countess.cli.policy;

import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how the default policy changed. */
@Command(
    name = "history",
    description = "Show how the default policy changed, newest first; 20 changes are kept.")
final class DefaultHistoryCommand implements Callable<Integer> {
  @Mixin private final Session session;

  DefaultHistoryCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() {
    try (var server = session.server()) {
      return new HistoryOutput(session.output()).show(server.defaultPolicyHistory());
    }
  }
}
